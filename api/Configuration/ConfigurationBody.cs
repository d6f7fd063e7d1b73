using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RoutingGrid.Api.Json;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Api.Configuration;

/// <summary>A configuration as it came in.</summary>
internal sealed record ConfigurationBody(WorkspaceConfiguration Configuration)
{
    public static async ValueTask<ConfigurationBody> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("The body must be JSON.", StatusCodes.Status415UnsupportedMediaType);
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        try
        {
            var json = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
            RefuseNullItems(json);
            var configuration = JsonSerializer.Deserialize(json, ApiJson.Info<WorkspaceConfiguration>());
            return new ConfigurationBody(configuration ?? throw new JsonException("null is not acceptable.", "$", 0, 0));
        }
        catch (JsonException error)
        {
            throw new BadHttpRequestException("The configuration cannot be read.", StatusCodes.Status400BadRequest, error);
        }
    }

    /// <summary>No list of a configuration has a null in it; the reader itself takes one for any kind of item.</summary>
    private static void RefuseNullItems(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ApiJson.Options.MaxDepth });
        var inArray = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray: inArray.Push(true); break;
                case JsonTokenType.StartObject: inArray.Push(false); break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject: inArray.Pop(); break;
                case JsonTokenType.Null when inArray.TryPeek(out var isItem) && isItem:
                    var before = json[..(int)reader.TokenStartIndex];
                    var column = before.Length - 1 - before.LastIndexOf((byte)'\n');
                    throw new JsonException("null is not acceptable in a list.", "$", before.Count((byte)'\n'), column);
            }
        }
    }
}
