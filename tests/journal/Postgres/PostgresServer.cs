using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>A PostgreSQL server of our own: from the installed programs, in a temporary folder, on a free port of the loopback. It ends with
/// the process that started it, however that one ends.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Ready = "ready to accept connections";

    // Started by root, who may not run it, it runs as the user that the package made, or as nobody. The shell waits for a word on
    // its standard input, or for its end, and passes it on as a signal. It lets go of the error stream, which thus ends with the server.
    private const string Watch =
        """
        "$@" & server=$!; exec 2>&-; read -r word; kill -"${word:-INT}" "$server"; wait "$server"
        """;

    private const int MostAttempts = 100;

    private readonly string _programs;
    private readonly DirectoryInfo _folder;
    private readonly string[] _settings;
    private readonly bool _isKept;
    private Process? _shell;

    private PostgresServer(string programs, DirectoryInfo folder, bool isKept, string[] settings) =>
        (_programs, _folder, _isKept, Port, _settings) = (programs, folder, isKept, FreePort(), settings);

    internal int Port { get; }

    internal string Folder => _folder.FullName;

    /// <summary>The folder of the newest installed server, or null.</summary>
    internal static string? Programs =>
        Environment.GetEnvironmentVariable("ROUTINGGRID_POSTGRES_PROGRAMS") is { Length: > 0 } named ? (File.Exists(Path.Combine(named, "initdb")) ? named : null)
        : Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).Where(folder => File.Exists(Path.Combine(folder, "postgres")))
                .OrderBy(folder => double.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), out var version) ? version : 0).LastOrDefault()
            : null;

    /// <param name="isDurable">Whether a commit waits for the disk. What only tests the logic need not.</param>
    internal static Task<PostgresServer> Start(bool isDurable, params string[] settings) =>
        Start(Directory.CreateTempSubdirectory("routinggrid-postgres-"), isKept: false, isDurable ? settings : ["fsync=off", "full_page_writes=off", .. settings]);

    /// <summary>In a folder that stays, with what was written there before.</summary>
    internal static Task<PostgresServer> Keep(string folder, params string[] settings) => Start(Directory.CreateDirectory(folder), isKept: true, settings);

    private static async Task<PostgresServer> Start(DirectoryInfo folder, bool isKept, string[] settings)
    {
        var programs = Programs ?? throw new InvalidOperationException("PostgreSQL is not installed.");
        var server = new PostgresServer(programs, folder, isKept, settings);
        try
        {
            if (IsRoot) await Run("chown", User, folder.FullName);
            if (!Directory.Exists(server.Data))
                await Run([.. AsUser, Path.Combine(programs, "initdb"), "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
            await server.StartAgain();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    internal string Connection(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username=postgres";

    internal async Task StartAgain()
    {
        // What a killed server shared with its processes is in use until the last of them is gone, which takes a moment.
        for (var attempt = 1; await TryStart() is { } refusal; attempt++)
            if (attempt == MostAttempts || !refusal.Contains("is still in use", StringComparison.Ordinal))
                throw new InvalidOperationException("PostgreSQL did not start: " + refusal);
    }

    /// <summary>What it said where it did not start.</summary>
    private async Task<string?> TryStart()
    {
        string[] settings = [$"listen_addresses=127.0.0.1", $"unix_socket_directories={_folder.FullName}", "max_connections=200", "wal_level=minimal", "max_wal_senders=0", .. _settings];
        var start = new ProcessStartInfo("sh", ["-c", Watch, "sh", .. AsUser, Path.Combine(_programs, "postgres"), "-D", Data, "-p", $"{Port}", .. settings.SelectMany(setting => new[] { "-c", setting })])
        {
            RedirectStandardInput = true, RedirectStandardError = true,
        };
        _shell = Process.Start(start)!;
        var said = new List<string>();
        while (await _shell.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!line.Contains(Ready, StringComparison.Ordinal)) continue;
            // A pipe that nobody reads would fill and stop the server.
            _ = _shell.StandardError.ReadToEndAsync();
            return null;
        }
        await Stop("INT");
        return string.Join(Environment.NewLine, said);
    }

    /// <summary>Cuts every connection and ends; what was not committed is gone.</summary>
    internal Task Stop() => Stop("INT");

    /// <summary>Ends as in a crash: the next start recovers from the write-ahead log.</summary>
    internal Task Crash() => Stop("QUIT");

    /// <summary>SIGKILL to the server and to every process of it: none gets a chance to say or to finish anything.</summary>
    internal async Task Kill()
    {
        var server = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        // Stopped, it starts no more of them.
        await Run("kill", "-STOP", $"{server}");
        await Run(["kill", "-KILL", $"{server}", .. ChildrenOf(server)]);
        await Stop("KILL");
    }

    /// <summary>Processor time of those of its processes that there are now.</summary>
    internal TimeSpan Busy
    {
        get
        {
            var nanoseconds = 0L;
            foreach (var child in ChildrenOf(int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture)))
                if (File.Exists($"/proc/{child}/schedstat")) nanoseconds += long.Parse(File.ReadAllText($"/proc/{child}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
            return TimeSpan.FromTicks(nanoseconds / 100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isKept)
        {
            await Stop();
            return;
        }
        await Crash();
        _folder.Delete(recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Who runs it where root may not.</summary>
    internal static string User => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static string[] AsUser => IsRoot ? ["setpriv", $"--reuid={User}", "--regid=nogroup", "--clear-groups"] : [];

    internal string Data => Path.Combine(_folder.FullName, "data");

    private async Task Stop(string signal)
    {
        if (_shell is not { } shell) return;
        _shell = null;
        await shell.StandardInput.WriteLineAsync(signal);
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }

    // The fourth field of stat is the parent; the second, the name in brackets, may have blanks.
    private static IEnumerable<string> ChildrenOf(int parent)
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue;
            }
            if (stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[2] == parent.ToString(CultureInfo.InvariantCulture)) yield return Path.GetFileName(folder);
        }
    }

    private static async Task Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {await output}{errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
