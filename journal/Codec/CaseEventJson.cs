using System.Collections.Immutable;
using System.Text.Json;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;
using static RoutingGrid.Journal.Codec.JsonFields;

namespace RoutingGrid.Journal.Codec;

/// <summary>The events of which every case has some, as the serializer would write them, to the byte.</summary>
internal static class CaseEventJson
{
    private static readonly JsonEncodedText s_at = NameOf(nameof(DomainEvent.At));
    private static readonly JsonEncodedText s_by = NameOf(nameof(DomainEvent.By));
    private static readonly JsonEncodedText s_commandId = NameOf(nameof(DomainEvent.CommandId));
    private static readonly JsonEncodedText s_customerId = NameOf(nameof(CaseOpened.CustomerId));
    private static readonly JsonEncodedText s_customerName = NameOf(nameof(CaseOpened.CustomerName));
    private static readonly JsonEncodedText s_channel = NameOf(nameof(CaseOpened.Channel));
    private static readonly JsonEncodedText s_account = NameOf(nameof(CaseOpened.Account));
    private static readonly JsonEncodedText s_thread = NameOf(nameof(CaseOpened.Thread));
    private static readonly JsonEncodedText s_surface = NameOf(nameof(CaseOpened.Surface));
    private static readonly JsonEncodedText s_profile = NameOf(nameof(CaseOpened.Profile));
    private static readonly JsonEncodedText s_previous = NameOf(nameof(CaseOpened.Previous));
    private static readonly JsonEncodedText s_language = NameOf(nameof(CaseProfile.Language));
    private static readonly JsonEncodedText s_audience = NameOf(nameof(CaseProfile.Audience));
    private static readonly JsonEncodedText s_purpose = NameOf(nameof(CaseProfile.Purpose));
    private static readonly JsonEncodedText s_reach = NameOf(nameof(CaseProfile.Reach));
    private static readonly JsonEncodedText s_attributes = NameOf(nameof(CaseProfile.Attributes));
    private static readonly JsonEncodedText s_messageId = NameOf(nameof(MessageReceived.MessageId));
    private static readonly JsonEncodedText s_text = NameOf(nameof(MessageReceived.Text));
    private static readonly JsonEncodedText s_sentAt = NameOf(nameof(MessageReceived.SentAt));
    private static readonly JsonEncodedText s_answerDue = NameOf(nameof(MessageReceived.AnswerDue));
    private static readonly JsonEncodedText s_queue = NameOf(nameof(CaseQueued.Queue));
    private static readonly JsonEncodedText s_because = NameOf(nameof(CaseQueued.Because));
    private static readonly JsonEncodedText s_rule = NameOf(nameof(CaseQueued.Rule));
    private static readonly JsonEncodedText s_virtualStart = NameOf(nameof(CaseQueued.VirtualStart));
    private static readonly JsonEncodedText s_needs = NameOf(nameof(CaseQueued.Needs));
    private static readonly JsonEncodedText s_class = NameOf(nameof(CaseQueued.Class));
    private static readonly JsonEncodedText s_boost = NameOf(nameof(CaseQueued.Boost));
    private static readonly JsonEncodedText s_preferredAgent = NameOf(nameof(CaseQueued.PreferredAgent));
    private static readonly JsonEncodedText s_preferredUntil = NameOf(nameof(CaseQueued.PreferredUntil));
    private static readonly JsonEncodedText s_firstAnswerDue = NameOf(nameof(CaseQueued.FirstAnswerDue));
    private static readonly JsonEncodedText s_resolutionDue = NameOf(nameof(CaseQueued.ResolutionDue));
    private static readonly JsonEncodedText s_stageAt = NameOf(nameof(CaseQueued.StageAt));
    private static readonly JsonEncodedText s_skills = NameOf(nameof(Requirements.Skills));
    private static readonly JsonEncodedText s_skill = NameOf(nameof(SkillLevel.Skill));
    private static readonly JsonEncodedText s_level = NameOf(nameof(SkillLevel.Level));
    private static readonly JsonEncodedText s_offerId = NameOf(nameof(CaseOffered.OfferId));
    private static readonly JsonEncodedText s_agentId = NameOf(nameof(CaseOffered.AgentId));
    private static readonly JsonEncodedText s_units = NameOf(nameof(CaseOffered.Units));
    private static readonly JsonEncodedText s_expiresAt = NameOf(nameof(CaseOffered.ExpiresAt));
    private static readonly JsonEncodedText s_reason = NameOf(nameof(CaseOffered.Reason));
    private static readonly JsonEncodedText s_stage = NameOf(nameof(CaseOffered.Stage));
    private static readonly JsonEncodedText s_manual = NameOf(nameof(CaseAssigned.Manual));
    private static readonly JsonEncodedText s_excess = NameOf(nameof(CaseAssigned.Excess));
    private static readonly JsonEncodedText s_from = NameOf(nameof(CaseAssigned.From));
    private static readonly JsonEncodedText s_replyId = NameOf(nameof(CaseAnswered.ReplyId));
    private static readonly JsonEncodedText s_kind = NameOf(nameof(CaseClosed.Kind));
    private static readonly JsonEncodedText s_rating = NameOf(nameof(CaseClosed.Rating));
    private static readonly JsonEncodedText s_reopenUntil = NameOf(nameof(CaseClosed.ReopenUntil));
    private static readonly JsonEncodedText s_caseId = NameOf(nameof(CapacityReserved.CaseId));
    private static readonly JsonEncodedText s_author = NameOf(nameof(CustomerAppeared.Author));
    private static readonly JsonEncodedText s_name = NameOf(nameof(CustomerAppeared.Name));
    private static readonly JsonEncodedText s_number = NameOf(nameof(CustomerCaseOpened.Number));

    /// <summary>False: it is another event, and nothing was written.</summary>
    /// <param name="isSealed">As if <see cref="PersonalData.Remove"/> had taken out what is sealed.</param>
    internal static bool TryWrite(Utf8JsonWriter json, DomainEvent happened, bool isSealed = false)
    {
        switch (happened)
        {
            case CaseOpened opened:
                Write(json, opened, isSealed);
                break;
            case MessageReceived received:
                Write(json, received, isSealed);
                break;
            case CaseQueued queued:
                Write(json, queued);
                break;
            case CaseOffered offered:
                Write(json, offered);
                break;
            case CapacityReserved reserved:
                json.WriteStartObject();
                json.Text(s_caseId, reserved.CaseId);
                break;
            case CaseAssigned assigned:
                Write(json, assigned);
                break;
            case CaseAnswered answered:
                Write(json, answered, isSealed);
                break;
            case CaseClosed closed:
                Write(json, closed);
                break;
            case CustomerAppeared appeared:
                Write(json, appeared, isSealed);
                break;
            case CustomerCaseOpened opened:
                Write(json, opened, isSealed);
                break;
            default:
                return false;
        }
        json.Time(s_at, happened.At);
        json.Text(s_by, happened.By);
        if (!isSealed || !PersonalData.IsIn(happened)) json.Text(s_commandId, happened.CommandId);
        json.WriteEndObject();
        return true;
    }

    internal static void Write(Utf8JsonWriter json, JsonEncodedText name, CaseProfile profile, bool isSealed = false)
    {
        json.WriteStartObject(name);
        json.Text(s_language, profile.Language);
        json.Text(s_audience, profile.Audience);
        json.Text(s_purpose, profile.Purpose);
        if (!isSealed) json.Number(s_reach, profile.Reach);
        if (isSealed) Write(json, ImmutableDictionary<string, string>.Empty);
        else if (profile.Attributes is not null) Write(json, profile.Attributes);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ImmutableDictionary<string, string> attributes)
    {
        if (!attributes.IsEmpty)
        {
            json.Rest(s_attributes, attributes);
            return;
        }
        json.WriteStartObject(s_attributes);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CaseOpened opened, bool isSealed)
    {
        json.WriteStartObject();
        json.Text(s_customerId, isSealed ? "" : opened.CustomerId);
        if (!isSealed) json.Text(s_customerName, opened.CustomerName);
        json.Text(s_channel, opened.Channel);
        json.Text(s_account, opened.Account);
        json.Text(s_thread, isSealed ? "" : opened.Thread);
        json.Name(s_surface, opened.Surface);
        if (opened.Profile is not null) Write(json, s_profile, opened.Profile, isSealed);
        json.Text(s_previous, opened.Previous);
    }

    private static void Write(Utf8JsonWriter json, MessageReceived received, bool isSealed)
    {
        json.WriteStartObject();
        json.Text(s_messageId, isSealed ? "" : received.MessageId);
        json.Text(s_text, isSealed ? "" : received.Text);
        json.Time(s_sentAt, received.SentAt);
        json.Time(s_answerDue, received.AnswerDue);
    }

    private static void Write(Utf8JsonWriter json, CaseQueued queued)
    {
        json.WriteStartObject();
        json.Text(s_queue, queued.Queue);
        json.Name(s_because, queued.Because);
        json.Text(s_rule, queued.Rule);
        json.Time(s_virtualStart, queued.VirtualStart);
        if (queued.Needs is not null) Write(json, queued.Needs);
        json.Number(s_class, queued.Class);
        json.Number(s_boost, queued.Boost);
        json.Text(s_preferredAgent, queued.PreferredAgent);
        json.Time(s_preferredUntil, queued.PreferredUntil);
        json.Time(s_firstAnswerDue, queued.FirstAnswerDue);
        json.Time(s_resolutionDue, queued.ResolutionDue);
        json.Time(s_stageAt, queued.StageAt);
    }

    private static void Write(Utf8JsonWriter json, Requirements needs)
    {
        json.WriteStartObject(s_needs);
        if (!needs.Skills.IsDefault)
        {
            json.WriteStartArray(s_skills);
            foreach (var skill in needs.Skills)
            {
                json.WriteStartObject();
                json.Text(s_skill, skill.Skill);
                json.Number(s_level, skill.Level);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.Text(s_language, needs.Language);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CaseOffered offered)
    {
        json.WriteStartObject();
        json.Text(s_offerId, offered.OfferId);
        json.Text(s_agentId, offered.AgentId);
        json.Number(s_units, offered.Units);
        json.Time(s_expiresAt, offered.ExpiresAt);
        json.Text(s_reason, offered.Reason);
        json.Number(s_stage, offered.Stage);
    }

    private static void Write(Utf8JsonWriter json, CaseAssigned assigned)
    {
        json.WriteStartObject();
        json.Text(s_agentId, assigned.AgentId);
        json.Text(s_offerId, assigned.OfferId);
        json.Number(s_units, assigned.Units);
        json.Flag(s_manual, assigned.Manual);
        json.Flag(s_excess, assigned.Excess);
        json.Text(s_from, assigned.From);
        json.Text(s_reason, assigned.Reason);
    }

    private static void Write(Utf8JsonWriter json, CaseAnswered answered, bool isSealed)
    {
        json.WriteStartObject();
        json.Text(s_replyId, isSealed ? "" : answered.ReplyId);
        json.Text(s_agentId, answered.AgentId);
        json.Text(s_account, answered.Account);
        json.Text(s_text, isSealed ? "" : answered.Text);
    }

    private static void Write(Utf8JsonWriter json, CaseClosed closed)
    {
        json.WriteStartObject();
        json.Name(s_kind, closed.Kind);
        json.Name(s_rating, closed.Rating);
        json.Text(s_reason, closed.Reason);
        json.Time(s_reopenUntil, closed.ReopenUntil);
    }

    private static void Write(Utf8JsonWriter json, CustomerAppeared appeared, bool isSealed)
    {
        json.WriteStartObject();
        json.Text(s_channel, appeared.Channel);
        json.Text(s_author, isSealed ? "" : appeared.Author);
        if (!isSealed) json.Text(s_name, appeared.Name);
    }

    private static void Write(Utf8JsonWriter json, CustomerCaseOpened opened, bool isSealed)
    {
        json.WriteStartObject();
        json.Text(s_thread, isSealed ? "" : opened.Thread);
        json.Text(s_caseId, opened.CaseId);
        json.Number(s_number, opened.Number);
    }
}
