using System.Collections.Immutable;
using System.Text;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Journal.Tests.Codec;

public sealed class EventCodecTests
{
    public static TheoryData<Type> Types => [.. Filled.EventTypes];

    [Fact]
    public void Every_event_has_a_stored_name() =>
        Assert.Empty(Filled.EventTypes.Where(type => !EventNames.ByType.ContainsKey(type)).Select(type => $"{type.Name} is not in {nameof(EventNames)}."));

    [Theory, MemberData(nameof(Types))]
    public void An_event_with_everything_set_reads_back_the_same(Type type) => ReadsBack((DomainEvent)Filled.Full(type));

    [Theory, MemberData(nameof(Types))]
    public void An_event_with_nothing_but_its_duties_reads_back_the_same(Type type) => ReadsBack((DomainEvent)Filled.Bare(type));

    [Theory, MemberData(nameof(Types))]
    public void An_event_written_by_hand_is_what_the_serializer_writes(Type type)
    {
        foreach (var happened in Filled.WithOne(type).Append(Filled.Full(type)).Append(Filled.Bare(type)).Append(Activator.CreateInstance(type)!).Cast<DomainEvent>())
            Assert.Equal(Encoding.UTF8.GetString(EventCodec.ToUtf8(happened)), Written.By(json => EventCodec.Write(json, happened)));
    }

    [Fact]
    public void Every_event_is_in_the_recorded_file()
    {
        var recorded = RecordedEvents.Read().Select(line => line.Name).ToHashSet();
        Assert.Empty(EventCodec.Names.Where(name => !recorded.Contains(name))
            .Select(name => $"{name} is not in recorded-events.jsonl: add its lines from `dotnet run --project tests/journal -- record-events`."));
    }

    [Fact]
    public void Every_recorded_event_is_read_and_written_as_it_was()
    {
        foreach (var (name, json) in RecordedEvents.Read())
        {
            var happened = EventCodec.Read(name, Encoding.UTF8.GetBytes(json));
            Assert.Equal(name, EventCodec.NameOf(happened));
            Assert.Equal(json, Encoding.UTF8.GetString(EventCodec.ToUtf8(happened)));
        }
    }

    [Fact]
    public void Times_keep_their_ticks_and_are_in_utc()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1);
        var read = Roundtrip(new NoteAdded { At = at, Text = "" });
        Assert.Equal(at.UtcTicks, read.At.Ticks);
        Assert.Equal(TimeSpan.Zero, read.At.Offset);
    }

    [Fact]
    public void A_text_is_compact()
    {
        var json = Encoding.UTF8.GetString(EventCodec.ToUtf8(new CaseOffered { At = DateTimeOffset.UnixEpoch, OfferId = "o", AgentId = "añá", Units = 0, ExpiresAt = DateTimeOffset.UnixEpoch }));
        Assert.Equal("""{"offerId":"o","agentId":"añá","expiresAt":"1970-01-01T00:00:00Z","at":"1970-01-01T00:00:00Z"}""", json);
    }

    [Fact]
    public void What_an_old_event_does_not_say_has_its_initial_value()
    {
        const string json = """{"configuration":{"queues":[{"name":"support"}]},"at":"2026-01-01T00:00:00Z"}""";
        var read = (WorkspaceConfigured)EventCodec.Read("workspace.configured", Encoding.UTF8.GetBytes(json));
        Assert.Equal(ActivitySettings.Defaults, read.Configuration.Activities);
        Assert.True(read.Configuration.Rules.IsEmpty);
        Assert.Equal(new QueueSettings { Name = "support" }.DeclinedForSeconds, read.Configuration.Queues[0].DeclinedForSeconds);
        Assert.Empty(read.Configuration.Queues[0].Stages);
    }

    [Fact]
    public void A_configuration_says_also_what_is_the_default_today()
    {
        var configured = new WorkspaceConfigured { At = DateTimeOffset.UnixEpoch, Configuration = new() { Presence = new() { DisconnectAfterSeconds = 0 } } };
        Assert.Contains("\"graceSeconds\":60", Encoding.UTF8.GetString(EventCodec.ToUtf8(configured)), StringComparison.Ordinal);
        Assert.Equal(0, Roundtrip(configured).Configuration.Presence.DisconnectAfterSeconds);
    }

    [Fact]
    public void The_order_of_a_dictionary_is_that_of_its_keys()
    {
        var attributes = Enumerable.Range(0, 50).ToImmutableDictionary(i => $"k{i:00}", i => "v");
        var opened = new CaseOpened
        {
            At = DateTimeOffset.UnixEpoch, CustomerId = "c", Channel = "chat", Account = "a", Thread = "t", Profile = new CaseProfile(null, null, null, 0, attributes),
        };
        var json = Encoding.UTF8.GetString(EventCodec.ToUtf8(opened));
        Assert.Contains(string.Join(",", attributes.Keys.Order(StringComparer.Ordinal).Select(key => $"\"{key}\":\"v\"")), json, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_says_what_to_do()
    {
        var thrown = Assert.Throws<JournalUnusableException>(() => EventCodec.Read("case.teleported", "{}"u8));
        Assert.Contains("case.teleported", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_text_is_not_taken_for_an_event() =>
        Assert.Throws<JournalUnusableException>(() => EventCodec.Read("case.note-added", """{"text":5}"""u8));

    private static void ReadsBack(DomainEvent happened) => Assert.Equal(Filled.Describe(happened), Filled.Describe(Roundtrip(happened)));

    private static T Roundtrip<T>(T happened) where T : DomainEvent =>
        (T)EventCodec.Read(EventCodec.NameOf(happened), EventCodec.ToUtf8(happened));
}
