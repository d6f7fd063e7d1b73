namespace RoutingGrid.Routing;

/// <summary>Why a command changed nothing. The API answers it as a problem with a stable type.</summary>
/// <param name="Code">The named reason.</param>
/// <param name="Detail">One English sentence for the person who gets it: what is wrong, and what to do.</param>
public sealed record Refusal(RefusalCode Code, string Detail);

/// <summary>
/// Every reason for which a command is refused. Where several hold, the first one here is the one that is given, so that
/// the same situation always gets the same answer.
/// </summary>
public enum RefusalCode
{
    /// <summary>The workspace has never been configured.</summary>
    WorkspaceUnknown,

    /// <summary>The configuration that was sent has errors; each is listed with its path.</summary>
    ConfigurationInvalid,

    /// <summary>No such case.</summary>
    CaseUnknown,

    /// <summary>No such customer, or their data was erased.</summary>
    CustomerUnknown,

    /// <summary>The workspace's configuration has no such agent.</summary>
    AgentUnknown,

    /// <summary>The workspace's configuration has no such queue.</summary>
    QueueUnknown,

    /// <summary>The workspace's configuration has no such channel.</summary>
    ChannelUnknown,

    /// <summary>The workspace's configuration has no such account, or it belongs to another channel.</summary>
    AccountUnknown,

    /// <summary>The workspace's configuration has no such activity.</summary>
    ActivityUnknown,

    /// <summary>The workspace's configuration has no such closing reason.</summary>
    ReasonUnknown,

    /// <summary>The version named by the caller is not the current one: somebody wrote in between.</summary>
    VersionMismatch,

    /// <summary>The channel's message id was used before, with other content.</summary>
    MessageIdReused,

    /// <summary>The case's state does not allow the transition; the detail names both states.</summary>
    IllegalTransition,

    /// <summary>The customer has open cases, so their data cannot be erased; the detail names them.</summary>
    CasesOpen,

    /// <summary>The session does not exist, has ended, or is of another agent.</summary>
    SessionClosed,

    /// <summary>The offer does not exist.</summary>
    OfferUnknown,

    /// <summary>The offer was made to somebody else.</summary>
    OfferNotYours,

    /// <summary>The offer has been accepted, declined, superseded or withdrawn already.</summary>
    OfferEnded,

    /// <summary>The offer's time is over.</summary>
    OfferExpired,

    /// <summary>The agent is signed out, or was disconnected for longer than the grace.</summary>
    AgentOffline,

    /// <summary>The agent's activity does not take work.</summary>
    AgentUnavailable,

    /// <summary>The agent does not serve the case's queue.</summary>
    NotInQueue,

    /// <summary>The agent lacks a required skill, or has it at a lower level.</summary>
    SkillMissing,

    /// <summary>The agent may not answer from the case's account.</summary>
    AccountNotPermitted,

    /// <summary>The agent declined this case a short while ago.</summary>
    DeclinedBefore,

    /// <summary>The agent's hands are full, offers counted.</summary>
    NoCapacity,

    /// <summary>Enough agents are being asked already.</summary>
    OffersExhausted,

    /// <summary>Only the agent who holds the case may do this.</summary>
    NotHolder,

    /// <summary>The answer would go out from another account than the one that the customer wrote to.</summary>
    WrongAccount,

    /// <summary>A field's value is not acceptable; the detail names the field.</summary>
    InvalidValue,

    /// <summary>The journal cannot take more work now; nothing was written; try again after the named time.</summary>
    Overloaded,

    /// <summary>The outcome is not known, or another writer was faster: repeat the command with the same command id.</summary>
    TryAgain,
}
