using Npgsql;
using RoutingGrid.Journal.Postgres.Writing;

namespace RoutingGrid.Journal.Postgres;

/// <summary>What the server's refusals mean for who wrote, and how an operator hears of them.</summary>
internal enum Trouble
{
    /// <summary>Two transactions were in each other's way: the same again.</summary>
    Again,

    /// <summary>The server cannot be reached, or has cut the connection.</summary>
    Lost,

    /// <summary>The server cannot write now: no space, no memory, only reading, or somebody keeps a row locked.</summary>
    Unable,

    /// <summary>Another process has taken over from this one.</summary>
    TakenOver,

    /// <summary>The server does not take what was sent.</summary>
    Refused,
}

internal static class ServerTrouble
{
    private const string StreamNames = "stream_by_name";
    private const string ClaimKeys = "claim_pkey";
    private const string Versions = "slice_by_stream";

    internal static Trouble Judge(Exception cause, bool isOpen) => cause switch
    {
        DatabaseChangedException => Trouble.Again,
        PostgresException { InvariantSeverity: "FATAL" or "PANIC" } => Trouble.Lost,
        PostgresException { SqlState: Leadership.Sql.TakenOver } => Trouble.TakenOver,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => Trouble.Again,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: StreamNames or ClaimKeys or Versions } => Trouble.Again,
        PostgresException { SqlState: Writing.Sql.ClaimedBefore } => Trouble.Again,
        PostgresException { SqlState: Writing.Sql.SomebodyAlone } => Trouble.Unable,
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled } => Trouble.Unable,
        // Class 53: insufficient resources; 58: the system around the server.
        PostgresException { SqlState: ['5', '3' or '8', ..] } => Trouble.Unable,
        // Any error but a fatal one: the server has undone the transaction, also where Npgsql closes the connection for it.
        PostgresException => Trouble.Refused,
        _ when !isOpen => Trouble.Lost,
        NpgsqlException or IOException or TimeoutException => Trouble.Lost,
        _ => Trouble.Refused,
    };

    /// <summary>Somebody else has made the name in the meantime, so names that were taken for new have to be asked for.</summary>
    internal static bool IsKnownName(Exception cause) => cause is PostgresException { ConstraintName: StreamNames };

    /// <summary>What was believed of streams is not so.</summary>
    internal static bool IsAnotherStory(Exception cause) => cause is DatabaseChangedException or PostgresException { ConstraintName: Versions };

    /// <summary>A key was taken for free, and is not.</summary>
    internal static bool IsClaimed(Exception cause) =>
        cause is PostgresException { ConstraintName: ClaimKeys } or PostgresException { SqlState: Writing.Sql.ClaimedBefore };

    /// <summary>The session itself is of no use any more: another one may reach the server that can write.</summary>
    internal static bool SpoilsSession(Exception cause) => cause is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    internal static string Explain(Exception cause, string place) => cause switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } e => $"The disk of {place} is full ({e.MessageText}).",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => $"{place} only reads now: it is a standby, or was set so.",
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled } e => $"Another transaction in {place} keeps rows locked ({e.MessageText}).",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } e => $"{place} refuses the user: {e.MessageText}.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } e => $"{place} cannot be opened: {e.MessageText}. Create it, for example with `createdb -E UTF8`.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e => $"{place} refuses: {e.MessageText}. Give the user the right, or migrate as a user who has it.",
        PostgresException { SqlState: Writing.Sql.SomebodyAlone } e => $"In {place}, {e.MessageText}: a server that writes alone, which this one does not. Stop one of them.",
        PostgresException e => $"{place} says: {e.MessageText} ({e.SqlState}).",
        NpgsqlException { InnerException: { } inner } => $"{place} cannot be reached: {inner.Message}",
        _ => $"{place} cannot be reached: {cause.Message}",
    };
}
