using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Api.Agents;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Cases;
using RoutingGrid.Api.Configuration;
using RoutingGrid.Api.Customers;
using RoutingGrid.Api.Health;
using RoutingGrid.Api.Json;
using RoutingGrid.Api.Keys;
using RoutingGrid.Api.Live;
using RoutingGrid.Api.Messages;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Overload;
using RoutingGrid.Api.Page;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Queues;
using RoutingGrid.Api.Reports;
using RoutingGrid.Api.Requests;
using RoutingGrid.Api.Search;

namespace RoutingGrid.Api;

/// <summary>The HTTP API: what a host adds, and what it maps.</summary>
public static class RoutingGridApi
{
    private const long LongestBody = 1024 * 1024;

    /// <summary>Adds what the API needs. The host adds the grains' engine, the journal and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddRoutingGridApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Apply(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Admission>();
        services.AddSingleton<GrainCalls>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<CaseAccess>();
        services.AddSingleton<CaseCommands>();
        services.AddSingleton<LiveServices>();
        // The core only: the rest would write keys for cookies, which nobody uses here, into the user's home.
        services.AddWebEncoders();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = ApiKeyHandler.SchemeName;
            options.AddScheme<ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        });
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, MayHandler>();
        services.AddSignalR().AddJsonProtocol(options => ApiJson.Apply(options.PayloadSerializerOptions));
        services.AddRoutingGridOpenApi();
        return services;
    }

    /// <summary>Has the server search once when it has started, so that nobody waits for a first search.</summary>
    public static IServiceCollection AddFirstSearch(this IServiceCollection services) => services.AddHostedService<FirstSearch>();

    /// <summary>Puts the API's middleware in place and maps its routes.</summary>
    public static void MapRoutingGridApi(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseProblemsForBareStatuses();
        app.UseRouting();
        var admission = app.Services.GetRequiredService<Admission>();
        app.Use(admission.Invoke);
        app.UseEncodedSlashes();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapPage();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapHub<LiveHub>(LiveHub.Path).For(Roles.SupervisorsAndAgents).WithMetadata(new TakesKeyInQuery());

        var v1 = app.MapGroup("/v1").AddEndpointFilter(new RequestFilter()).WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        v1.RefusesAsEveryRoute();
        v1.MapMessages();
        v1.MapCaseReads();
        v1.MapSearch();
        v1.MapCaseActions();
        v1.MapCustomers();
        v1.MapPrivacy();
        v1.MapAgentReads();
        v1.MapSessions();
        v1.MapOffers();
        v1.MapLive();
        v1.MapQueues();
        v1.MapReports();
        v1.MapConfiguration();
        v1.MapKeys();
    }
}
