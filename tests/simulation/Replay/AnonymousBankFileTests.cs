using System.IO.Compression;
using System.Text;
using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class AnonymousBankFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("routinggrid-replay").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_line_becomes_a_record()
    {
        var call = Assert.Single(BankText.Read(BankText.Line(
            exit: "6:55:26", wait: 17, priority: "2", queueStart: "6:55:26", queueExit: "6:55:43", start: "6:55:43", end: "6:56:37",
            service: "54", server: "michal", type: "ps")).Calls);
        Assert.Equal(
            new CallRecord
            {
                Line = 2,
                Type = "PS",
                Priority = 2,
                Date = new DateOnly(1999, 1, 3),
                VruExit = BankText.At("6:55:26"),
                QueueTime = TimeSpan.FromSeconds(17),
                Outcome = RecordedOutcome.Served,
                ServiceTime = TimeSpan.FromSeconds(54),
                Service = BankText.Between("6:55:43", "6:56:37"),
                Server = "MICHAL",
            },
            call);
    }

    [Fact]
    public void A_time_behind_midnight_is_of_the_next_day()
    {
        var month = BankText.Read(
            BankText.Line(entry: "23:59:50", exit: "0:00:02", start: "0:00:02", end: "0:03:40"),
            BankText.Line(exit: "23:59:34", start: "23:59:33", end: "0:03:40"),
            BankText.Line(exit: "23:59:23", queueStart: "23:59:28", queueExit: "0:00:03", wait: 35, start: "0:00:02", end: "0:00:55"));
        Assert.Empty(month.BadLines);
        Assert.Equal(BankText.At("0:00:02", 4), month.Calls[0].VruExit);
        Assert.Equal(new Interval(BankText.At("0:00:02", 4), BankText.At("0:03:40", 4)), month.Calls[0].Service);
        Assert.Equal(new Interval(BankText.At("23:59:33"), BankText.At("0:03:40", 4)), month.Calls[1].Service);
        Assert.Equal(new Interval(BankText.At("0:00:02", 4), BankText.At("0:00:55", 4)), month.Calls[2].Service);
        Assert.All(month.Calls, call => Assert.Equal(new DateOnly(1999, 1, 3), call.Date));
    }

    [Fact]
    public void A_clock_that_was_set_back_is_not_midnight()
    {
        var call = Assert.Single(BankText.Read(BankText.Line(entry: "15:46:01", exit: "15:45:24")).Calls);
        Assert.Equal(BankText.At("15:45:24"), call.VruExit);
    }

    [Fact]
    public void Service_without_times_or_without_a_server_is_service_all_the_same()
    {
        var month = BankText.Read(BankText.Line(start: "0:00:00", end: "0:00:00", service: "0"), BankText.Line(server: "NO_SERVER"));
        Assert.Null(month.Calls[0].Service);
        Assert.Equal("ANAT", month.Calls[0].Server);
        Assert.Null(month.Calls[1].Server);
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "only\tthree\tfields", "3 fields instead of 17" },
        { BankText.Line() + "\tmore", "18 fields instead of 17" },
        { BankText.Line(exit: "25:61:00"), "vru_entry \"25:61:00\" is not a time of day (h:mm:ss)" },
        { BankText.Line(start: "noon"), "ser_start \"noon\" is not a time of day (h:mm:ss)" },
        { BankText.Line(date: "990231"), "date \"990231\" is not a date (yymmdd)" },
        { BankText.Line(date: ""), "date \"\" is not a date (yymmdd)" },
        { BankText.Line(outcome: "HUNG"), "outcome \"HUNG\" is unknown (AGENT, HANG or PHANTOM)" },
        { BankText.Line(wait: -5), "q_time \"-5\" is not a number of seconds from 0 to 86400" },
        { BankText.Line(service: "1e9"), "ser_time \"1e9\" is not a number of seconds from 0 to 86400" },
        { BankText.Line(priority: "7"), "priority \"7\" is unknown (0, 1 or 2)" },
        { BankText.Line(type: " "), "type is blank" },
        { BankText.Line(server: ""), "server is blank" },
        { BankText.Line(start: "10:05:00", end: "10:00:00"), "ser_exit 10:00:00 is before ser_start 10:05:00" },
        { BankText.Line(queueStart: "10:05:00", queueExit: "10:00:00"), "q_exit 10:00:00 is before q_start 10:05:00" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public void A_bad_line_is_skipped_by_number_with_its_reason(string bad, string reason)
    {
        var month = BankText.Read(BankText.Line(), "", bad, BankText.Line());
        Assert.Equal([2, 5], month.Calls.Select(call => call.Line));
        Assert.Equal([new BadLine(4, reason)], month.BadLines); // the blank line counts as a line, and is no call
        Assert.Equal($"line 4: {reason}", month.BadLines[0].ToString());
    }

    [Fact]
    public void A_quotation_mark_does_not_swallow_the_lines_behind_it() =>
        Assert.Equal(2, BankText.Read(BankText.Line(server: "\"ANAT"), BankText.Line()).Calls.Length);

    [Fact]
    public void Columns_may_stand_in_another_order()
    {
        var order = Enumerable.Range(0, 17).Reverse().ToArray();
        string Turned(string line) => string.Join('\t', order.Select(i => line.Split('\t')[i]));
        using var text = new StringReader(Turned(BankText.Header) + "\n" + Turned(BankText.Line()));
        Assert.Equal(BankText.Read(BankText.Line()).Calls, AnonymousBankFile.Read(text, "turned.tsv").Calls);
    }

    [Fact]
    public void Plain_and_compressed_files_are_the_same()
    {
        var bytes = Encoding.ASCII.GetBytes(BankText.Header + "\r\n" + BankText.Line() + "\r\n");
        var (plain, packed) = (Written("month.tsv", bytes), Written("month.tsv.gz", Gzip(bytes)));
        Assert.Equal(AnonymousBankFile.Read(plain).Calls, AnonymousBankFile.Read(packed).Calls);
    }

    [Fact]
    public void Compressed_files_may_be_glued_together()
    {
        var (first, second) = (Encoding.ASCII.GetBytes(BankText.Header + "\n"), Encoding.ASCII.GetBytes(BankText.Line()));
        Assert.Single(AnonymousBankFile.Read(Written("two.tsv.gz", [.. Gzip(first), .. Gzip(second)])).Calls);
    }

    [Fact]
    public void A_wrong_file_is_refused_with_what_to_do()
    {
        var good = Gzip(Encoding.ASCII.GetBytes(string.Join("\n", Enumerable.Repeat(BankText.Line(), 2000).Prepend(BankText.Header))));
        Refused(Path.Combine(_folder, "nowhere.tsv"), "cannot be read", "Check the path");
        Refused(_folder, "cannot be read");
        Refused(Written("empty.tsv", []), "is empty", "tab-separated");
        Refused(Written("empty.tsv.gz", []), "is empty");
        Refused(Written("text.tsv.gz", "hello"u8.ToArray()), "named .gz but is not gzip", "rename");
        Refused(Written("cut.tsv.gz", good[..(good.Length / 2)]), "is damaged", "Copy it again");
        Refused(Written("cut2.tsv.gz", good[..^5]), "is damaged");
        Refused(Written("corrupt.tsv.gz", [.. good[..200], .. new byte[100], .. good[300..]]), "is damaged");
        Refused(Written("start.tsv.gz", good[..10]), "is not gzip");
        Refused(Written("other.csv", "a,b,c\n1,2,3\n"u8.ToArray()), "lacks vru+line, call_id", "tab-separated");
        Refused(Written("binary", new byte[1_000_000]), "Expected is a month");
        Refused(Written("columns.tsv", Encoding.ASCII.GetBytes(BankText.Header.Replace("q_time", "wait"))), "its first line lacks q_time.");
    }

    private static void Refused(string path, params string[] parts)
    {
        var message = Assert.Throws<ReplayFileException>(() => AnonymousBankFile.Read(path)).Message;
        Assert.All(parts.Append(path), part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private string Written(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
