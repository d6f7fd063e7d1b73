using Microsoft.AspNetCore.Http;

namespace RoutingGrid.Api.Requests;

/// <summary>Checks the names in the path, the headers and the body before any handler runs.</summary>
internal sealed class RequestFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var checks = new Checks();
        foreach (var (name, value) in context.HttpContext.Request.RouteValues)
        {
            if (name == "workspace") checks.PlainId(name, value as string);
            else checks.Id(name, value as string);
        }
        foreach (var argument in context.Arguments)
            if (argument is IChecked checkedArgument) checkedArgument.Check(checks);
        return checks.Problem is { } problem ? ValueTask.FromResult<object?>(problem) : next(context);
    }
}
