using System.Collections.Frozen;
using RoutingGrid.Routing;

namespace RoutingGrid.Api.Problems;

/// <summary>The one table of everything that can go wrong: type, status and title.</summary>
internal static class ProblemTypes
{
    public static ProblemType MalformedRequest { get; } =
        ProblemType.Named("MalformedRequest", 400, "The request cannot be read", "La solicitud no se puede leer");
    public static ProblemType Unauthenticated { get; } =
        ProblemType.Named("Unauthenticated", 401, "An API key is required", "Se requiere una clave de API");
    public static ProblemType Forbidden { get; } =
        ProblemType.Named("Forbidden", 403, "This key may not do this", "Esta clave no tiene permiso para esto");
    public static ProblemType NotFound { get; } = ProblemType.Named("NotFound", 404, "There is nothing here", "Aquí no hay nada");
    public static ProblemType MethodNotAllowed { get; } =
        ProblemType.Named("MethodNotAllowed", 405, "This method is not served here", "Este método no se atiende aquí");
    public static ProblemType BodyTooLarge { get; } =
        ProblemType.Named("BodyTooLarge", 413, "The body is too large", "El cuerpo es demasiado grande");
    public static ProblemType UnsupportedMediaType { get; } =
        ProblemType.Named("UnsupportedMediaType", 415, "The body must be JSON", "El cuerpo debe ser JSON");
    public static ProblemType KeyUnknown { get; } = ProblemType.Named("KeyUnknown", 404, "There is no such key", "No existe esa clave");
    public static ProblemType LastAdministrator { get; } =
        ProblemType.Named("LastAdministrator", 409, "This is the last administrator's key", "Es la última clave de administrador");
    public static ProblemType OutcomeUnknown { get; } =
        ProblemType.Named("OutcomeUnknown", 504, "It is not known whether this was done", "No se sabe si esto se hizo");
    public static ProblemType Unavailable { get; } =
        ProblemType.Named("Unavailable", 503, "The server cannot work now", "El servidor no puede trabajar ahora");
    public static ProblemType ArchiveUnusable { get; } =
        ProblemType.Named("ArchiveUnusable", 503, "The archived case cannot be read", "El caso archivado no se puede leer");
    public static ProblemType Standby { get; } = ProblemType.Named("Standby", 503, "Another server is active", "Otro servidor está activo");
    public static ProblemType InternalError { get; } = ProblemType.Named("InternalError", 500, "The server failed", "El servidor ha fallado");

    /// <summary>Those that are not a refusal of the domain.</summary>
    public static IReadOnlyList<ProblemType> OfTheApi { get; } =
    [
        MalformedRequest, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, BodyTooLarge, UnsupportedMediaType, KeyUnknown,
        LastAdministrator, OutcomeUnknown, Unavailable, ArchiveUnusable, Standby, InternalError,
    ];

    private static readonly FrozenDictionary<RefusalCode, ProblemType> Refusals = Table(
        (RefusalCode.WorkspaceUnknown, 404, "There is no such workspace", "No existe ese espacio de trabajo"),
        (RefusalCode.ConfigurationInvalid, 422, "The configuration has errors", "La configuración tiene errores"),
        (RefusalCode.CaseUnknown, 404, "There is no such case", "No existe ese caso"),
        (RefusalCode.CustomerUnknown, 404, "There is no such customer", "No existe ese cliente"),
        (RefusalCode.AgentUnknown, 404, "There is no such agent", "No existe ese agente"),
        (RefusalCode.QueueUnknown, 422, "There is no such queue", "No existe esa cola"),
        (RefusalCode.ChannelUnknown, 422, "There is no such channel", "No existe ese canal"),
        (RefusalCode.AccountUnknown, 422, "There is no such account on this channel", "No existe esa cuenta en este canal"),
        (RefusalCode.ActivityUnknown, 422, "There is no such activity", "No existe esa actividad"),
        (RefusalCode.ReasonUnknown, 422, "There is no such closing reason", "No existe ese motivo de cierre"),
        (RefusalCode.VersionMismatch, 412, "Somebody wrote in between", "Alguien escribió entre tanto"),
        (RefusalCode.MessageIdReused, 409, "This message id was used for another message", "Este id de mensaje se usó para otro mensaje"),
        (RefusalCode.IllegalTransition, 409, "The state of the case does not allow this", "El estado del caso no permite esto"),
        (RefusalCode.CasesOpen, 409, "The customer has open cases", "El cliente tiene casos abiertos"),
        (RefusalCode.SessionClosed, 409, "The session has ended", "La sesión ha terminado"),
        (RefusalCode.OfferUnknown, 404, "There is no such offer", "No existe esa oferta"),
        (RefusalCode.OfferNotYours, 403, "The offer was made to somebody else", "La oferta se hizo a otra persona"),
        (RefusalCode.OfferEnded, 409, "The offer has ended", "La oferta ha terminado"),
        (RefusalCode.OfferExpired, 409, "The offer's time is over", "El tiempo de la oferta se acabó"),
        (RefusalCode.AgentOffline, 409, "The agent is signed out", "El agente no está conectado"),
        (RefusalCode.AgentUnavailable, 409, "The agent takes no work now", "El agente no acepta trabajo ahora"),
        (RefusalCode.NotInQueue, 409, "The agent does not serve this queue", "El agente no atiende esta cola"),
        (RefusalCode.SkillMissing, 409, "The agent lacks a required skill", "Al agente le falta una habilidad requerida"),
        (RefusalCode.AccountNotPermitted, 403, "The agent may not answer from this account", "El agente no puede responder desde esta cuenta"),
        (RefusalCode.DeclinedBefore, 409, "The agent declined this case a short while ago", "El agente rechazó este caso hace poco"),
        (RefusalCode.NoCapacity, 409, "The agent's hands are full", "El agente no tiene capacidad libre"),
        (RefusalCode.OffersExhausted, 409, "Enough agents are being asked already", "Ya se está preguntando a suficientes agentes"),
        (RefusalCode.NotHolder, 409, "Only who holds the case may do this", "Solo quien tiene el caso puede hacer esto"),
        (RefusalCode.WrongAccount, 403, "The answer would go out from another account", "La respuesta saldría desde otra cuenta"),
        (RefusalCode.InvalidValue, 422, "A value is not acceptable", "Un valor no es aceptable"),
        (RefusalCode.Overloaded, 503, "Too much is waiting to be written", "Hay demasiado por escribir"),
        (RefusalCode.TryAgain, 503, "Repeat this with the same idempotency key", "Repita esto con la misma clave de idempotencia"));

    public static ProblemType Of(RefusalCode code) => Refusals[code];

    private static FrozenDictionary<RefusalCode, ProblemType> Table(params (RefusalCode Code, int Status, string English, string Spanish)[] rows) =>
        rows.ToFrozenDictionary(row => row.Code, row => ProblemType.Named(row.Code.ToString(), row.Status, row.English, row.Spanish));
}
