using System.Text.Json.Nodes;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>A real <c>serve</c> in a process of its own.</summary>
public sealed class ServeProcess : IAsyncDisposable
{
    private readonly Child _child;

    private ServeProcess(Child child, Uri address, string? firstKey) => (_child, Address, FirstKey, Http) = (child, address, firstKey, new HttpClient { BaseAddress = address });

    public Uri Address { get; }

    /// <summary>The key that it showed, if it did.</summary>
    public string? FirstKey { get; }

    public HttpClient Http { get; }

    public string Errors => _child.Errors;

    public int Id => _child.Id;

    /// <summary>The built silo, which lies beside the tests.</summary>
    public static string Silo => Path.Combine(AppContext.BaseDirectory, "RoutingGrid.Silo.dll");

#if ORLEANS
    public static void SkipWithoutLease() => Assert.Skip("Servers on Orleans take no lease, and none stands by.");
#else
    public static void SkipWithoutLease() { }
#endif

    public static Child Verb(params string[] arguments) => Child.Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Silo, .. arguments]);

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Exit, string Output, string Errors)> Run(params string[] arguments)
    {
        await using var child = Verb(arguments);
        var lines = new List<string>();
        while (await child.NextLine() is { } line) lines.Add(line);
        var exit = await child.Ended();
        return (exit, string.Join('\n', lines), child.Errors);
    }

    /// <summary>Starts on a free port, and waits until it is ready.</summary>
    public static async Task<ServeProcess> Start(string data, params string[] more)
    {
        var child = Verb(["serve", "--data", data, "--urls", "http://127.0.0.1:0", .. more]);
        string? key = null;
        var listens = await child.Line(line =>
        {
            if (line.Trim().StartsWith("rg_", StringComparison.Ordinal)) key = line.Trim();
            return line.Contains("listens on", StringComparison.Ordinal);
        });
        var serve = new ServeProcess(child, AddressIn(listens), key);
        Assert.Equal(200, (await serve.Send(HttpMethod.Get, "/health/ready", null)).Status);
        return serve;
    }

    /// <summary>Starts beside an active one, and waits until it says that it stands by.</summary>
    public static async Task<ServeProcess> StandBy(params string[] arguments)
    {
        var child = Verb(["serve", "--urls", "http://127.0.0.1:0", .. arguments]);
        try
        {
            return new ServeProcess(child, AddressIn(await child.Line(line => line.Contains("stands by on", StringComparison.Ordinal))), null);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until one that stood by is the active one, at the address that it had.</summary>
    public async Task Active()
    {
        Assert.Equal(Address, AddressIn(await _child.Line(line => line.Contains("listens on", StringComparison.Ordinal))));
        Assert.Equal(200, (await Send(HttpMethod.Get, "/health/ready", null)).Status);
    }

    public Task<Answer> Send(HttpMethod method, string path, string? key, JsonNode? body = null, params (string, string)[] headers) =>
        Answer.To(Http, method, path, key, body?.ToJsonString(), headers);

    public Task Kill() => _child.Kill();

    public void Terminate() => _child.Terminate();

    public void Pause() => _child.Pause();

    public void Resume() => _child.Resume();

    public Task<int> Ended() => _child.Ended();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _child.DisposeAsync();
    }

    private static Uri AddressIn(string line) =>
        new(line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(',', ':'));
}

/// <summary>A folder that is gone in the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("routinggrid-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
