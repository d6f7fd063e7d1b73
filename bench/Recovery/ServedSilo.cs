using System.Diagnostics;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Bench.Recovery;

/// <summary>A real <c>serve</c> in a process of its own, from its start to when it is ready.</summary>
internal sealed class ServedSilo : IAsyncDisposable
{
    private readonly Child _child;

    private ServedSilo(Child child, Uri address, string? firstKey, double readySeconds) =>
        (_child, Address, FirstKey, ReadySeconds) = (child, address, firstKey, readySeconds);

    internal Uri Address { get; }

    internal string? FirstKey { get; }

    /// <summary>From the start of the process to the first time that <c>/health/ready</c> says so.</summary>
    internal double ReadySeconds { get; }

    internal static async Task<ServedSilo> Start(params string[] store)
    {
        var start = Stopwatch.GetTimestamp();
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "RoutingGrid.Silo.dll"), "serve", "--quiet", "--urls", "http://127.0.0.1:0", .. store];
        var child = Child.Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);
        try
        {
            string? key = null;
            var listens = await child.Line(line =>
            {
                if (line.Trim().StartsWith("rg_", StringComparison.Ordinal)) key = line.Trim();
                return line.Contains("listens on", StringComparison.Ordinal);
            });
            var address = new Uri(listens.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(','));
            using var http = new HttpClient { BaseAddress = address };
            while (!(await http.GetAsync("/health/ready")).IsSuccessStatusCode) await Task.Yield();
            return new ServedSilo(child, address, key, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    internal Task Kill() => _child.Kill();

    public ValueTask DisposeAsync() => _child.DisposeAsync();
}
