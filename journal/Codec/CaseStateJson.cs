using System.Collections.Immutable;
using System.Text.Json;
using RoutingGrid.Routing.Cases;
using static RoutingGrid.Journal.Codec.JsonFields;

namespace RoutingGrid.Journal.Codec;

/// <summary>A case's state as the serializer would write it, to the byte. By hand, since each change of a case writes one.</summary>
internal static class CaseStateJson
{
    private static readonly JsonEncodedText s_version = NameOf(nameof(CaseState.Version));
    private static readonly JsonEncodedText s_status = NameOf(nameof(CaseState.Status));
    private static readonly JsonEncodedText s_customerId = NameOf(nameof(CaseState.CustomerId));
    private static readonly JsonEncodedText s_customerName = NameOf(nameof(CaseState.CustomerName));
    private static readonly JsonEncodedText s_channel = NameOf(nameof(CaseState.Channel));
    private static readonly JsonEncodedText s_account = NameOf(nameof(CaseState.Account));
    private static readonly JsonEncodedText s_thread = NameOf(nameof(CaseState.Thread));
    private static readonly JsonEncodedText s_surface = NameOf(nameof(CaseState.Surface));
    private static readonly JsonEncodedText s_profile = NameOf(nameof(CaseState.Profile));
    private static readonly JsonEncodedText s_previous = NameOf(nameof(CaseState.Previous));
    private static readonly JsonEncodedText s_erasedAt = NameOf(nameof(CaseState.ErasedAt));
    private static readonly JsonEncodedText s_queue = NameOf(nameof(CaseState.Queue));
    private static readonly JsonEncodedText s_rule = NameOf(nameof(CaseState.Rule));
    private static readonly JsonEncodedText s_needs = NameOf(nameof(CaseState.Needs));
    private static readonly JsonEncodedText s_class = NameOf(nameof(CaseState.Class));
    private static readonly JsonEncodedText s_boost = NameOf(nameof(CaseState.Boost));
    private static readonly JsonEncodedText s_stage = NameOf(nameof(CaseState.Stage));
    private static readonly JsonEncodedText s_preferredAgent = NameOf(nameof(CaseState.PreferredAgent));
    private static readonly JsonEncodedText s_preferredUntil = NameOf(nameof(CaseState.PreferredUntil));
    private static readonly JsonEncodedText s_createdAt = NameOf(nameof(CaseState.CreatedAt));
    private static readonly JsonEncodedText s_virtualStart = NameOf(nameof(CaseState.VirtualStart));
    private static readonly JsonEncodedText s_queuedAt = NameOf(nameof(CaseState.QueuedAt));
    private static readonly JsonEncodedText s_assignedAt = NameOf(nameof(CaseState.AssignedAt));
    private static readonly JsonEncodedText s_firstAssignedAt = NameOf(nameof(CaseState.FirstAssignedAt));
    private static readonly JsonEncodedText s_firstAnsweredAt = NameOf(nameof(CaseState.FirstAnsweredAt));
    private static readonly JsonEncodedText s_closedAt = NameOf(nameof(CaseState.ClosedAt));
    private static readonly JsonEncodedText s_reopenUntil = NameOf(nameof(CaseState.ReopenUntil));
    private static readonly JsonEncodedText s_offers = NameOf(nameof(CaseState.Offers));
    private static readonly JsonEncodedText s_declines = NameOf(nameof(CaseState.Declines));
    private static readonly JsonEncodedText s_endedOffers = NameOf(nameof(CaseState.EndedOffers));
    private static readonly JsonEncodedText s_holder = NameOf(nameof(CaseState.Holder));
    private static readonly JsonEncodedText s_lastHolder = NameOf(nameof(CaseState.LastHolder));
    private static readonly JsonEncodedText s_heldUnits = NameOf(nameof(CaseState.HeldUnits));
    private static readonly JsonEncodedText s_excess = NameOf(nameof(CaseState.Excess));
    private static readonly JsonEncodedText s_waitingFor = NameOf(nameof(CaseState.WaitingFor));
    private static readonly JsonEncodedText s_escalatedTo = NameOf(nameof(CaseState.EscalatedTo));
    private static readonly JsonEncodedText s_rating = NameOf(nameof(CaseState.Rating));
    private static readonly JsonEncodedText s_closeKind = NameOf(nameof(CaseState.CloseKind));
    private static readonly JsonEncodedText s_reason = NameOf(nameof(CaseState.Reason));
    private static readonly JsonEncodedText s_messages = NameOf(nameof(CaseState.Messages));
    private static readonly JsonEncodedText s_answers = NameOf(nameof(CaseState.Answers));
    private static readonly JsonEncodedText s_routedBecause = NameOf(nameof(CaseState.RoutedBecause));
    private static readonly JsonEncodedText s_firstAnswerDue = NameOf(nameof(CaseState.FirstAnswerDue));
    private static readonly JsonEncodedText s_nextAnswerDue = NameOf(nameof(CaseState.NextAnswerDue));
    private static readonly JsonEncodedText s_resolutionDue = NameOf(nameof(CaseState.ResolutionDue));
    private static readonly JsonEncodedText s_nextStageAt = NameOf(nameof(CaseState.NextStageAt));
    private static readonly JsonEncodedText s_wakeAt = NameOf(nameof(CaseState.WakeAt));
    private static readonly JsonEncodedText s_followUpAt = NameOf(nameof(CaseState.FollowUpAt));
    private static readonly JsonEncodedText s_recentCommands = NameOf(nameof(CaseState.RecentCommands));

    private static readonly JsonEncodedText s_offerId = NameOf(nameof(Offer.OfferId));
    private static readonly JsonEncodedText s_agentId = NameOf(nameof(Offer.AgentId));
    private static readonly JsonEncodedText s_units = NameOf(nameof(Offer.Units));
    private static readonly JsonEncodedText s_madeAt = NameOf(nameof(Offer.MadeAt));
    private static readonly JsonEncodedText s_expiresAt = NameOf(nameof(Offer.ExpiresAt));
    private static readonly JsonEncodedText s_end = NameOf(nameof(EndedOffer.End));

    internal static void Write(Utf8JsonWriter json, CaseState state)
    {
        json.WriteStartObject();
        json.Number(s_version, state.Version);
        json.Name(s_status, state.Status);
        WriteWhose(json, state);
        WriteWhere(json, state);
        WriteTimes(json, state);
        WriteHands(json, state);
        WriteEnd(json, state);
        WriteDue(json, state);
        if (!state.RecentCommands.IsEmpty) Write(json, s_recentCommands, state.RecentCommands);
        json.WriteEndObject();
    }

    private static void WriteWhose(Utf8JsonWriter json, CaseState state)
    {
        json.TextUnlessEmpty(s_customerId, state.CustomerId);
        json.Text(s_customerName, state.CustomerName);
        json.TextUnlessEmpty(s_channel, state.Channel);
        json.TextUnlessEmpty(s_account, state.Account);
        json.TextUnlessEmpty(s_thread, state.Thread);
        json.Name(s_surface, state.Surface);
        if (state.Profile is { } profile) CaseEventJson.Write(json, s_profile, profile);
        json.Text(s_previous, state.Previous);
        json.Time(s_erasedAt, state.ErasedAt);
    }

    private static void WriteWhere(Utf8JsonWriter json, CaseState state)
    {
        json.TextUnlessEmpty(s_queue, state.Queue);
        json.Text(s_rule, state.Rule);
        if (!state.Needs.Equals(Requirements.None)) json.Rest(s_needs, state.Needs);
        json.Number(s_class, state.Class);
        json.Number(s_boost, state.Boost);
        json.Number(s_stage, state.Stage);
        json.Text(s_preferredAgent, state.PreferredAgent);
        json.Time(s_preferredUntil, state.PreferredUntil);
    }

    private static void WriteTimes(Utf8JsonWriter json, CaseState state)
    {
        json.Time(s_createdAt, state.CreatedAt);
        json.Time(s_virtualStart, state.VirtualStart);
        json.Time(s_queuedAt, state.QueuedAt);
        json.Time(s_assignedAt, state.AssignedAt);
        json.Time(s_firstAssignedAt, state.FirstAssignedAt);
        json.Time(s_firstAnsweredAt, state.FirstAnsweredAt);
        json.Time(s_closedAt, state.ClosedAt);
        json.Time(s_reopenUntil, state.ReopenUntil);
    }

    private static void WriteHands(Utf8JsonWriter json, CaseState state)
    {
        if (!state.Offers.IsEmpty) WriteOffers(json, state.Offers);
        if (!state.Declines.IsEmpty) json.Rest(s_declines, state.Declines);
        if (!state.EndedOffers.IsEmpty) WriteEndedOffers(json, state.EndedOffers);
        json.Text(s_holder, state.Holder);
        json.Text(s_lastHolder, state.LastHolder);
        json.Number(s_heldUnits, state.HeldUnits);
        json.Flag(s_excess, state.Excess);
    }

    private static void WriteEnd(Utf8JsonWriter json, CaseState state)
    {
        json.Name(s_waitingFor, state.WaitingFor);
        json.Text(s_escalatedTo, state.EscalatedTo);
        json.Name(s_rating, state.Rating);
        json.Name(s_closeKind, state.CloseKind);
        json.Text(s_reason, state.Reason);
        json.Number(s_messages, state.Messages);
        json.Number(s_answers, state.Answers);
        json.Text(s_routedBecause, state.RoutedBecause);
    }

    private static void WriteDue(Utf8JsonWriter json, CaseState state)
    {
        json.Time(s_firstAnswerDue, state.FirstAnswerDue);
        json.Time(s_nextAnswerDue, state.NextAnswerDue);
        json.Time(s_resolutionDue, state.ResolutionDue);
        json.Time(s_nextStageAt, state.NextStageAt);
        json.Time(s_wakeAt, state.WakeAt);
        json.Time(s_followUpAt, state.FollowUpAt);
    }

    private static void WriteOffers(Utf8JsonWriter json, ImmutableArray<Offer> offers)
    {
        json.WriteStartArray(s_offers);
        foreach (var offer in offers)
        {
            json.WriteStartObject();
            json.Text(s_offerId, offer.OfferId);
            json.Text(s_agentId, offer.AgentId);
            json.Number(s_units, offer.Units);
            json.Time(s_madeAt, offer.MadeAt);
            json.Time(s_expiresAt, offer.ExpiresAt);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteEndedOffers(Utf8JsonWriter json, ImmutableArray<EndedOffer> offers)
    {
        json.WriteStartArray(s_endedOffers);
        foreach (var offer in offers)
        {
            json.WriteStartObject();
            json.Text(s_offerId, offer.OfferId);
            json.Text(s_agentId, offer.AgentId);
            json.Name(s_end, offer.End);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, JsonEncodedText name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
