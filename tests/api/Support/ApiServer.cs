using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>A whole server in this process, on a free port, with its journal in memory.</summary>
public class ApiServer : IAsyncLifetime
{
    private WebApplication? _app;
    private HttpClient? _http;

    public MemoryJournal Journal { get; } = new();

    public WebApplication App => _app!;

    public Uri Address => _http!.BaseAddress!;

    /// <summary>The first administrator's key.</summary>
    public string Administrator { get; private set; } = "";

    protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>The journal as the server gets it.</summary>
    protected virtual IJournal Journals => Journal;

    public async ValueTask InitializeAsync()
    {
        _app = await RoutingGridHost.Build(new HostSettings { Journal = Journals, Urls = "http://127.0.0.1:0", LogLevel = LogLevel.None, Time = Time });
        await _app.StartAsync();
        _http = NewHttp();
        var first = await _app.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessGrain>("access").CreateFirst();
        Administrator = first!.Secret;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public HttpClient NewHttp() => new() { BaseAddress = new Uri(_app!.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>One number for everything that was ever written: the same twice means that nothing changed.</summary>
    public ValueTask<string> Hash() => JournalHash.Of(Journal);

    public Task<Answer> Get(string path, string? key = null) => Send(HttpMethod.Get, path, key);

    public Task<Answer> Post(string path, string? key, JsonNode? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, key, body?.ToJsonString(), headers);

    public Task<Answer> Put(string path, string? key, JsonNode body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, path, key, body.ToJsonString(), headers);

    public Task<Answer> Delete(string path, string? key) => Send(HttpMethod.Delete, path, key);

    public Task<Answer> Send(HttpMethod method, string path, string? key, string? body = null, params (string Name, string Value)[] headers) =>
        Answer.To(_http!, method, path, key, body, headers);

    /// <summary>A key for a role.</summary>
    public async Task<string> NewKey(string role, string? workspace = null, string? agentId = null)
    {
        var made = await Post("/v1/keys", Administrator, new JsonObject { ["role"] = role, ["workspace"] = workspace, ["agentId"] = agentId }.WithoutNulls());
        Assert.Equal(201, made.Status);
        return made.Body!["secret"]!.GetValue<string>();
    }
}

/// <summary>What a server answered.</summary>
public sealed record Answer(int Status, HttpResponseMessage Message, JsonNode? Body, string Text)
{
    /// <summary>The last segment of the problem's type.</summary>
    public string? Problem => Body?["type"]?.GetValue<string>()["https://routinggrid.dev/problems/".Length..];

    public string? ETag => Message.Headers.ETag?.ToString();

    public static async Task<Answer> To(HttpClient http, HttpMethod method, string path, string? key, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType is { } type && (type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal));
        return new Answer((int)response.StatusCode, response, isJson && text.Length > 0 ? JsonNode.Parse(text) : null, text);
    }

    public Answer Expect(int status)
    {
        Assert.True(Status == status, $"{Message.RequestMessage!.Method} {Message.RequestMessage.RequestUri}: expected {status}, got {Status}: {Text}");
        return this;
    }

    /// <summary>A typed refusal with everything that one has.</summary>
    public Answer ExpectProblem(int status, string type)
    {
        Expect(status);
        Assert.Equal("application/problem+json", Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(type, Problem);
        Assert.Equal(status, Body!["status"]!.GetValue<int>());
        Assert.NotEmpty(Body["title"]!.GetValue<string>());
        Assert.NotEmpty(Body["detail"]!.GetValue<string>());
        Assert.NotEmpty(Body["code"]!.GetValue<string>());
        return this;
    }
}

internal static class JsonExtensions
{
    public static JsonObject WithoutNulls(this JsonObject node)
    {
        foreach (var name in node.Where(member => member.Value is null).Select(member => member.Key).ToArray()) node.Remove(name);
        return node;
    }

    public static string Text([NotNull] this JsonNode? node, string name) => node![name]!.GetValue<string>();
}
