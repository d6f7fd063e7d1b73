using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RoutingGrid.Api.Json;

namespace RoutingGrid.Api.Live;

/// <summary>Writes a feed as server-sent events, until the client leaves, is dropped, or the server stops.</summary>
internal sealed class EventStream(Feed feed) : IResult
{
    private static ReadOnlySpan<byte> Retry => "retry: 2000\n\n"u8;
    private static ReadOnlySpan<byte> Comment => ":\n\n"u8;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var watched = feed;
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers["X-Accel-Buffering"] = "no";

        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, feed.Dropped, stopping);
        try
        {
            await Write(httpContext.Response.BodyWriter, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // A client that does not read keeps its connection full; nothing but ending it gets the memory back.
            if (feed.Dropped.IsCancellationRequested) httpContext.Abort();
        }
    }

    private async Task Write(PipeWriter to, CancellationToken ended)
    {
        to.Write(Retry);
        await to.FlushAsync(ended);
        using var json = new Utf8JsonWriter(to);
        for (long id = 1; await feed.Events.WaitToReadAsync(ended);)
        {
            while (feed.Events.TryRead(out var happened))
            {
                if (happened.Name is null) to.Write(Comment);
                else Put(to, json, id++, happened);
            }
            await to.FlushAsync(ended);
        }
    }

    private static void Put(PipeWriter to, Utf8JsonWriter json, long id, LiveEvent happened)
    {
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {happened.Name}\ndata: "), to);
        json.Reset();
        JsonSerializer.Serialize(json, happened.Data, ApiJson.Options.GetTypeInfo(happened.Data!.GetType()));
        to.Write("\n\n"u8);
    }
}
