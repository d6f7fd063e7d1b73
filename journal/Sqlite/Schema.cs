using System.Globalization;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite;

/// <summary>The tables, as a list of steps. A step that was ever released is never changed; a new one is added.</summary>
/// <remarks>
/// A stream's id carries its workspace in the upper bits (<see cref="StreamKeys"/>), so that one index serves every workspace and a
/// workspace is a range of ids. Ids grow in the order of arrival: newest first is the order of ids.
/// </remarks>
internal static class Schema
{
    /// <summary>RGJ1: says to others, and to us, whose file this is.</summary>
    internal const int ApplicationId = 0x52474A31;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE workspace (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

        CREATE TABLE stream (id INTEGER PRIMARY KEY, workspace INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL);
        CREATE UNIQUE INDEX stream_by_name ON stream (kind, workspace, key);

        -- The events that one append wrote to one stream. Position and version are those of the last one.
        CREATE TABLE slice (position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, version INTEGER NOT NULL, events TEXT NOT NULL);
        CREATE UNIQUE INDEX slice_by_stream ON slice (stream, version);

        CREATE TABLE claim (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE case_row (
            id INTEGER PRIMARY KEY, open INTEGER NOT NULL, status TEXT NOT NULL, routable INTEGER NOT NULL,
            queue TEXT NOT NULL, customer INTEGER NOT NULL, agents TEXT NOT NULL, body TEXT NOT NULL);
        CREATE INDEX case_open ON case_row (open) WHERE open = 1;
        CREATE INDEX case_by_queue ON case_row (queue);
        CREATE INDEX case_by_customer ON case_row (customer);
        CREATE TABLE case_agent (agent TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (agent, id)) WITHOUT ROWID;

        CREATE TABLE agent_row (id INTEGER PRIMARY KEY, body TEXT NOT NULL);

        CREATE TABLE deadline (
            owner INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, shard INTEGER NOT NULL, due INTEGER NOT NULL,
            PRIMARY KEY (owner, kind, key)) WITHOUT ROWID;
        CREATE INDEX deadline_by_time ON deadline (shard, due);

        CREATE TABLE document (collection TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE UNIQUE INDEX document_by_key ON document (collection, key);
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """,
        """
        -- Null for what was written before there were checksums.
        ALTER TABLE slice ADD COLUMN checksum INTEGER;
        """,
        """
        -- What seals the personal data of a customer's slices. Erasing the customer leaves the row without its key, to say what they are called since.
        CREATE TABLE personal_key (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, key BLOB, pseudonym TEXT);
        CREATE INDEX personal_key_by_customer ON personal_key (customer);
        """,
        """
        -- A file of archived cases. Announced before it is written; the first and the last position in it are set by the transaction in which its cases
        -- leave the other tables. A folder below the journal's own is relative to it.
        CREATE TABLE archive_file (id INTEGER PRIMARY KEY, folder TEXT NOT NULL, name TEXT NOT NULL UNIQUE, first INTEGER, last INTEGER);
        CREATE INDEX archive_file_by_last ON archive_file (last);

        -- Versions of a case that are in a file: from the one after `after` to `version`, at positions from `first` to `position`.
        CREATE TABLE archived (
            stream INTEGER NOT NULL, version INTEGER NOT NULL, after INTEGER NOT NULL, first INTEGER NOT NULL, position INTEGER NOT NULL,
            customer INTEGER NOT NULL, queue TEXT NOT NULL, closed INTEGER NOT NULL, file INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
            PRIMARY KEY (stream, version)) WITHOUT ROWID;
        CREATE INDEX archived_by_customer ON archived (customer, stream);
        CREATE INDEX archived_by_first ON archived (first);
        CREATE INDEX archived_by_file ON archived (file);
        """,
        """
        -- An agent's slices are a chain: each says where the one before it is, 0 where there is none, and the stream says where the last one is. A group writes to
        -- many agents of long histories, so that an index would grow at as many places. Null: in the index, as all are that were written before.
        ALTER TABLE slice ADD COLUMN previous INTEGER;
        ALTER TABLE stream ADD COLUMN last INTEGER;
        UPDATE stream SET last = (SELECT position FROM slice WHERE stream = stream.id ORDER BY version DESC LIMIT 1) WHERE kind = 'Agent';
        DROP INDEX slice_by_stream;
        CREATE UNIQUE INDEX slice_by_stream ON slice (stream, version) WHERE previous IS NULL;
        """,
    ];

    /// <summary>Makes the file ours, or brings it up to date.</summary>
    /// <exception cref="JournalUnusableException">It is somebody else's, or of a newer version.</exception>
    internal static void Prepare(Database database, string path, TimeProvider time)
    {
        var owner = Number(database.Ask("PRAGMA application_id"));
        var isEmpty = Number(database.Ask("SELECT count(*) FROM sqlite_master")) == 0;
        if (owner != ApplicationId && !(isEmpty && owner == 0))
            throw new JournalUnusableException(
                $"{path} is a SQLite database of something else (application id {owner}). Name another file for the journal.");

        database.Execute("BEGIN IMMEDIATE");
        if (isEmpty)
            database.Execute($"PRAGMA application_id = {ApplicationId}; CREATE TABLE migration (version INTEGER PRIMARY KEY, at TEXT NOT NULL);");
        var version = Number(database.Ask("SELECT max(version) FROM migration"));
        if (version > Steps.Length)
        {
            database.Execute("ROLLBACK");
            throw new JournalUnusableException(
                $"{path} was written by a newer version (schema {version}; this one knows {Steps.Length}). Use that version, or restore a backup from before.");
        }
        for (var step = version; step < Steps.Length; step++)
        {
            database.Execute(Steps[step]);
            database.Execute($"INSERT INTO migration VALUES ({step + 1}, '{time.GetUtcNow():O}')");
        }
        database.Execute("COMMIT");
    }

    private static long Number(string? text) => text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture);
}
