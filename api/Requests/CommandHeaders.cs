using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using RoutingGrid.Api.Authentication;
using RoutingGrid.GrainInterfaces.Cases;

namespace RoutingGrid.Api.Requests;

/// <summary>What every command may say in its headers.</summary>
internal sealed record CommandHeaders(
    [property: FromHeader(Name = CommandHeaders.KeyHeader)]
    [property: Description("Names the intended effect; the same again does nothing twice.")]
    string? IdempotencyKey,
    [property: FromHeader(Name = "If-Match")]
    [property: Description("The version that the caller saw, in quotes, such as \"7\"; another one is refused.")]
    string? IfMatch,
    [property: FromHeader(Name = CommandHeaders.SessionHeader)]
    [property: Description("The agent's session, which this keeps from idling out.")]
    string? Session) : IChecked
{
    public const string KeyHeader = "Idempotency-Key";
    public const string SessionHeader = "RoutingGrid-Session";

    public void Check(Checks checks)
    {
        checks.Id(KeyHeader, IdempotencyKey);
        checks.Id(SessionHeader, Session);
        if (IfMatch is not (null or "*") && Version is null) checks.Fail("If-Match", "notAVersion", "must be a version in quotes, such as \"7\", or *.");
    }

    /// <summary>The version that the caller saw; null: any.</summary>
    public long? Version =>
        IfMatch is ['"', .., '"'] && long.TryParse(IfMatch.AsSpan(1, IfMatch.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    /// <summary>The context of one command. Keys of different callers and actions never meet; without a key it gets one of its
    /// own, so that a retry inside this server is recognised.</summary>
    public CommandContext For(Caller caller, string action)
    {
        var key = IdempotencyKey ?? Guid.CreateVersion7().ToString("n");
        return new CommandContext(caller.By, $"{caller.By}/{action}/{key}", Version);
    }
}
