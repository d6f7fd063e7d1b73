using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Tests.Codec;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Tests.Personal;

/// <summary>What is sealed, what is not, and that it opens with its key and in its place only.</summary>
public sealed class SealedEventsTests
{
    /// <summary>Texts of cases' and customers' events that are nobody's personal data: names of queues, rules and staff, ids that this system made.</summary>
    private static readonly string[] NotPersonal =
    [
        "By", "CaseOpened.Channel", "CaseOpened.Account", "CaseOpened.Previous", "CaseQueued.Queue", "CaseQueued.Rule", "CaseQueued.PreferredAgent", "CaseOffered.OfferId",
        "CaseOffered.AgentId", "CaseOffered.Reason", "OfferEnded.OfferId", "OfferEnded.AgentId", "CaseAssigned.AgentId", "CaseAssigned.OfferId", "CaseAssigned.From",
        "CaseAssigned.Reason", "CaseAnswered.AgentId", "CaseAnswered.Account", "CaseEscalated.To", "CaseClosed.Reason", "CaseCustomerErased.Pseudonym",
        "CustomerAppeared.Channel", "CustomerCaseOpened.CaseId", "CustomerErased.Pseudonym",
        // Commands of people who work here; where an event has personal data, its command id goes with it.
        "CaseQueued.CommandId", "PriorityChanged.CommandId", "StageReached.CommandId", "CaseOffered.CommandId", "OfferEnded.CommandId", "CaseAssigned.CommandId",
        "TargetMissed.CommandId", "CaseClosed.CommandId", "CaseCustomerErased.CommandId", "CustomerErased.CommandId",
    ];

    public static TheoryData<Type> Types => [.. Filled.EventTypes.Where(type => type.Namespace is "RoutingGrid.Routing.Cases" or "RoutingGrid.Routing.Customers")];

    [Theory, MemberData(nameof(Types))]
    public void Every_text_of_an_event_is_sealed_or_known_to_be_nobody_s(Type type)
    {
        var without = Encoding.UTF8.GetString(EventCodec.ToUtf8(PersonalData.Remove((DomainEvent)Filled.Full(type), "")));
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(string)))
        {
            if (NotPersonal.Contains(property.Name) || NotPersonal.Contains($"{type.Name}.{property.Name}")) continue;
            Assert.DoesNotContain($"{property.Name} á", without, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void What_is_stored_in_the_clear_is_the_event_without_it(Type type)
    {
        foreach (var happened in new[] { (DomainEvent)Filled.Full(type), (DomainEvent)Filled.Bare(type) })
        {
            var without = Encoding.UTF8.GetString(EventCodec.ToUtf8(PersonalData.Remove(happened, "")));
            Assert.StartsWith($"[\"{EventCodec.NameOf(happened)}\",{without},", Encoding.UTF8.GetString(Sealed([happened], PersonalKey.New())), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void What_was_taken_out_of_an_event_can_be_put_back(Type type)
    {
        foreach (var happened in new[] { (DomainEvent)Filled.Full(type), (DomainEvent)Filled.Bare(type) })
        {
            var key = PersonalKey.New();
            var read = Read(Sealed([happened], key), key);
            Assert.Equal(Filled.Describe(happened), Filled.Describe(Assert.Single(read)));
        }
    }

    [Fact]
    public void What_an_older_version_sealed_is_read()
    {
        var key = new PersonalKey(71, Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
        const string stored = """
            ["case.note-added",{"text":"","at":"2026-01-05T09:00:00Z","by":"agent:ana"},"case.message-received",{"messageId":"","text":"","sentAt":"2026-01-05T09:00:00Z","at":"2026-01-05T09:00:00Z"},71,"1uyJmNR1qoS+NBTmxFA86EVXJf7GgeIP4NXU1OBq3I0qY0FNdX5GxmZsTi8yX40pSa5Set9nZkwx/kACRLKUwhgZPsRZGIy23jKt+E488qkc5INQ90aAOyVDqnv4ZwyF6Iu1AU4ZAQhxATuFkjq9KDM3epYOxLKSrt8="]
            """;
        Assert.Equal(71, SealedEvents.KeyOf(Encoding.UTF8.GetBytes(stored)));
        var events = Read(Encoding.UTF8.GetBytes(stored), key);
        Assert.Equal(Given.Note("who said what"), events[0]);
        Assert.Equal(new MessageReceived { At = Given.Start, MessageId = "m-1", Text = "¿dónde?", SentAt = Given.Start }, events[1]);
    }

    [Fact]
    public void Slices_without_a_sealed_value_are_read_as_they_are()
    {
        var json = """["case.note-added",{"text":"ends with \"]","at":"2026-01-05T09:00:00Z"}]"""u8;
        Assert.Null(SealedEvents.KeyOf(json));
        Assert.Null(SealedEvents.KeyOf("[]"u8));
        var events = new List<DomainEvent>();
        SealedEvents.Read(json, new ReadingKeys(), events);
        Assert.Equal("ends with \"]", Assert.IsType<NoteAdded>(Assert.Single(events)).Text);
    }

    [Fact]
    public void It_opens_with_its_key_and_beside_its_events_only()
    {
        var key = PersonalKey.New();
        var json = Sealed([Given.Note("secret")], key);
        Assert.Throws<JournalUnusableException>(() => Read(json, new PersonalKey(key.Id, RandomNumberGenerator.GetBytes(32))));
        var moved = Encoding.UTF8.GetString(json).Replace("agent:ana", "agent:ben", StringComparison.Ordinal);
        Assert.Throws<JournalUnusableException>(() => Read(Encoding.UTF8.GetBytes(moved), key));
        var renamed = Encoding.UTF8.GetString(json).Replace($",{key.Id},", $",{key.Id - 1},", StringComparison.Ordinal);
        Assert.Throws<JournalUnusableException>(() => Read(Encoding.UTF8.GetBytes(renamed), key with { Id = key.Id - 1 }));
    }

    [Fact]
    public void The_same_events_are_never_sealed_to_the_same_text()
    {
        var key = PersonalKey.New();
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Encoding.UTF8.GetString(Sealed([Given.Note("secret")], key))).Distinct().Count());
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => PersonalKey.New().Id).Distinct().Count());
    }

    [Fact]
    public void Without_its_key_an_event_says_what_statistics_need()
    {
        var key = PersonalKey.New();
        var opened = Lives.Opening(Lives.Customer);
        var events = new List<DomainEvent>();
        SealedEvents.Read(Sealed([opened], key), new ReadingKeys(_ => new StoredKey(null, "erased:7")), events);
        var left = Assert.IsType<CaseOpened>(Assert.Single(events));
        Assert.Equal(("erased:7", null, "", "chat", "air"), (left.CustomerId, left.CustomerName, left.Thread, left.Channel, left.Account));
        Assert.Equal(("es", "customer", "complaint", 0, 0), (left.Profile.Language, left.Profile.Audience, left.Profile.Purpose, left.Profile.Reach, left.Profile.Attributes.Count));
    }

    private static byte[] Sealed(ImmutableArray<DomainEvent> events, PersonalKey key)
    {
        using var buffer = PooledBuffer.Rent();
        using var ciphers = new Ciphers();
        SealedEvents.Write(buffer, events, key.Id, ciphers.Of(key));
        return buffer.Written.ToArray();
    }

    private static List<DomainEvent> Read(byte[] json, PersonalKey key)
    {
        var events = new List<DomainEvent>();
        SealedEvents.Read(json, new ReadingKeys(id => id == key.Id ? new StoredKey(key.Bytes, "") : null), events);
        return events;
    }
}
