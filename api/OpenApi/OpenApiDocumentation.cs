using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using RoutingGrid.Api.Authentication;

namespace RoutingGrid.Api.OpenApi;

/// <summary>The OpenAPI document, which is made from the routes that are served.</summary>
internal static class OpenApiDocumentation
{
    private const string BearerScheme = "bearer";
    private const string HeaderScheme = "header";

    public static void AddRoutingGridOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Name(operation, context);
            Secure(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Correct(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "RoutingGrid",
            Version = "v1",
            Description = "Cases and the people who answer them. Errors are problem details (RFC 9457) with a stable type. "
                + "Commands may be repeated with the same Idempotency-Key. Live events are also served by a SignalR hub at " + Live.LiveHub.Path + ".",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: rg_…" },
            [HeaderScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyHandler.Header },
        };
    }

    /// <summary>What generated clients call it: the group and the handler, such as <c>casesClose</c>.</summary>
    private static void Name(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var group = operation.Tags?.FirstOrDefault()?.Name ?? "";
        var handler = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().First().Name;
        operation.OperationId = group.ToLowerInvariant() + handler;
    }

    private static void Secure(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<May>().LastOrDefault() is not { } may) return;
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, context.Document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(HeaderScheme, context.Document)] = [] },
        ];
        var roles = string.Join(", ", may.Roles.Select(role => role.ToString().ToLowerInvariant()));
        operation.Description = operation.Description is { Length: > 0 } text ? $"{text}\n\nRoles: {roles}." : $"Roles: {roles}.";
    }

    /// <summary>What is not seen from the types: times are texts, and members that are null are left out.</summary>
    private static void Correct(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.Type == typeof(DateTimeOffset)) schema.Type = JsonSchemaType.String;
        if (type.Type == typeof(DateTimeOffset?)) schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        if (type.Type == typeof(DateTimeOffset) || type.Type == typeof(DateTimeOffset?)) schema.Format = "date-time";
        if (type.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in type.Properties)
            if (property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null) schema.Required?.Remove(property.Name);
    }
}
