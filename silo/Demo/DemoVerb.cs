using System.CommandLine;
using System.CommandLine.Parsing;
using RoutingGrid.Silo.Hosting;
using Spectre.Console;

namespace RoutingGrid.Silo.Demo;

/// <summary><c>demo</c>: a made-up airline with its customers and agents, live, on this machine.</summary>
internal static class DemoVerb
{
    private const string Teaching = """
        Shows a social contact center at work: the made-up airline Alisio, whose customers ask, complain, praise and buy
        in Spanish and English on Instagram, X, Facebook, WhatsApp, by chat and by email, and 40 agents who accept,
        answer, decline, let offers ring out, go to lunch and lose their connection. Everything goes through the real
        HTTP API of a server inside this process, at 10 in the morning of its own clock.

        The terminal shows the wallboard; without a terminal there is a line a second. TME is the average wait (tiempo
        medio de espera), TMO the average handling time (tiempo medio de operación), "level" the share of cases that
        were taken in time. The same wallboard is a page: open the address that is shown.

        At the end (--for, or Ctrl-C at any time) it says what happened, and checks that nothing was lost: every message
        that the API has acknowledged must be in exactly one case. The exit code is 1 if one is not, or anything failed.

        Examples:
          demo                                 at the pace of life, until Ctrl-C
          demo --speed 20 --for 60             twenty minutes in one
          demo --speed 20 --agents 25          too few people: watch the queues, and what the rules save
          demo --data ./demo-data              keeps the journal in SQLite; the folder must be new or empty
        """;

    public static Command Create()
    {
        var speed = new Option<double>("--speed")
        {
            Description = $"How many times as fast as the wall clock time runs, up to {DemoSettings.Fastest}.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            CustomParser = NumberOption.Number(DemoSettings.Slowest, DemoSettings.Fastest),
        };
        var length = new Option<double?>("--for")
        {
            Description = "Ends after so many seconds on the wall, with a summary.",
            HelpName = "SECONDS",
            CustomParser = NumberOption.NumberOrNone(1, 7 * 24 * 60 * 60),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Another number gives other customers and other people.",
            HelpName = "N",
            DefaultValueFactory = _ => 42,
        };
        var agents = new Option<int>("--agents")
        {
            Description = $"How many agents, up to {DemoSettings.MostAgents}.",
            HelpName = "N",
            DefaultValueFactory = _ => 40,
            CustomParser = NumberOption.WholeNumber(1, DemoSettings.MostAgents),
        };
        var rate = new Option<double?>("--rate")
        {
            Description = "Conversations per minute in the busiest hour. Default: half of the agents.",
            HelpName = "N",
            CustomParser = NumberOption.NumberOrNone(0, 10_000),
        };
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen. Default: a free port of this machine.",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:0",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Keeps the journal in SQLite in this folder. Default: in memory.",
            HelpName = "DIR",
        };
        urls.Validators.Add(OneAddress);
        data.Validators.Add(NewOrEmpty);

        var verb = new Command("demo", Teaching) { speed, length, seed, agents, rate, urls, data };
        verb.SetAction((parsed, cancel) => DemoRun.Run(
            new DemoSettings
            {
                Speed = parsed.GetValue(speed),
                For = parsed.GetValue(length) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Seed = parsed.GetValue(seed),
                Agents = parsed.GetValue(agents),
                Rate = parsed.GetValue(rate),
                Urls = parsed.GetValue(urls)!,
                DataDirectory = parsed.GetValue(data),
            },
            Terminal(), Console.Error, cancel));
        return verb;
    }

    /// <summary>Where the output goes to a file, colors would only be in the way.</summary>
    private static IAnsiConsole Terminal() => Console.IsOutputRedirected
        ? AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(Console.Out),
        })
        : AnsiConsole.Console;

    private static void OneAddress(OptionResult result)
    {
        if (result.Tokens is not [var token] || token.Value is not { } url) return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
            result.AddError($"--urls {url} is not an address; it must be one such as http://127.0.0.1:8080.");
    }

    /// <summary>The demo's clock begins at 10 o'clock and may have run ahead: what an earlier one wrote would be in the future.</summary>
    private static void NewOrEmpty(OptionResult result)
    {
        if (result.Tokens is not [var token] || token.Value is not { } folder) return;
        if (!File.Exists(Path.Combine(folder, Journals.FileName))) return;
        result.AddError(
            $"--data {folder} has a journal already, and a demo has a clock of its own. "
            + $"Name a new folder, or look at that journal with: serve --data {folder}");
    }
}
