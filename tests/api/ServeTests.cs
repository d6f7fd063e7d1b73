using System.Net;
using System.Net.Sockets;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

/// <summary>The verb itself, as a person runs it.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task The_first_start_shows_a_key_once_and_stores_no_secret()
    {
        using var data = new TemporaryFolder();
        string key;
        await using (var first = await ServeProcess.Start(data.Path))
        {
            key = first.FirstKey!;
            Assert.Equal(200, (await first.Send(HttpMethod.Get, "/v1/keys", key)).Status);
            Assert.DoesNotContain(key, first.Errors, StringComparison.Ordinal);
            first.Terminate();
            Assert.Equal(0, await first.Ended());
            Assert.DoesNotContain(key, first.Errors, StringComparison.Ordinal);
        }
        foreach (var file in Directory.GetFiles(data.Path)) Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(key)));

        await using var second = await ServeProcess.Start(data.Path, "--quiet");
        Assert.Null(second.FirstKey);
        Assert.Equal(200, (await second.Send(HttpMethod.Get, "/v1/keys", key)).Status);
        Assert.Equal("", second.Errors);
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused_and_says_why()
    {
        using var data = new TemporaryFolder();
        await using var first = await ServeProcess.Start(data.Path);
        await using var second = ServeProcess.Verb("serve", "--data", data.Path, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, await second.Ended());
        Assert.Contains("in use", second.Errors, StringComparison.Ordinal);
        Assert.Contains("--data", second.Errors, StringComparison.Ordinal);
        NoTrace(second.Errors);
    }

    [Fact]
    public async Task A_port_in_use_is_told_as_such()
    {
        using var data = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var serve = ServeProcess.Verb("serve", "--data", data.Path, "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(1, await serve.Ended());
        Assert.Contains("another program uses the port", serve.Errors, StringComparison.Ordinal);
        Assert.Contains("--urls", serve.Errors, StringComparison.Ordinal);
        NoTrace(serve.Errors);
    }

    [Theory]
    [InlineData("--urls", "nonsense")]
    [InlineData("--urls", "http://192.0.2.1:80")]
    [InlineData("--data", "/dev/null/data")]
    [InlineData("--store", "papyrus")]
    public async Task What_cannot_be_done_is_explained_without_a_trace(string option, string value)
    {
        using var data = new TemporaryFolder();
        string[] arguments = option == "--data" ? [option, value] : ["--data", data.Path, option, value];
        await using var serve = ServeProcess.Verb(["serve", .. arguments]);
        Assert.Equal(1, await serve.Ended());
        Assert.Contains(option, serve.Errors, StringComparison.Ordinal);
        NoTrace(serve.Errors);
    }

    [Fact]
    public async Task Help_teaches()
    {
        await using var help = ServeProcess.Verb("serve", "--help");
        var text = "";
        while (await help.NextLine() is { } line) text += line + "\n";
        Assert.Equal(0, await help.Ended());
        foreach (var word in new[] { "--data", "--store", "--urls", "--quiet", "Examples:", "curl", "openapi", "/health/ready" })
            Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graceful_stop_ends_open_streams_and_keeps_everything()
    {
        using var data = new TemporaryFolder();
        await using var serve = await ServeProcess.Start(data.Path);
        var key = serve.FirstKey!;
        (await serve.Send(HttpMethod.Put, "/v1/workspaces/w/configuration", key, Center.Configuration())).Expect(200);
        (await serve.Send(HttpMethod.Post, "/v1/workspaces/w/messages", key, Center.Message("m1"))).Expect(201);
        await using var events = await EventReader.Open(new HttpClient { BaseAddress = serve.Address }, "/v1/workspaces/w/live", key);
        await events.Next("wallboard");
        serve.Terminate();
        while (await events.TryNext() is not null) { }
        Assert.Equal(0, await serve.Ended());

        await using var again = await ServeProcess.Start(data.Path);
        Assert.Single((await again.Send(HttpMethod.Get, "/v1/workspaces/w/cases", key)).Expect(200).Body!["items"]!.AsArray());
    }

    /// <summary>A person is told in sentences. What Orleans says of its own early end, in one line each, is not ours to change.</summary>
    private static void NoTrace(string errors) =>
        Assert.DoesNotContain(errors.Split('\n'), line => line.Contains("   at ", StringComparison.Ordinal) && !line.Contains("Orleans.Runtime", StringComparison.Ordinal));
}
