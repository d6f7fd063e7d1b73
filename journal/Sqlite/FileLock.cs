namespace RoutingGrid.Journal.Sqlite;

/// <summary>Keeps a second process from the same file: two writers would each trust their own memory of it.</summary>
/// <remarks>
/// A file beside the database is locked and not the database itself, since closing any handle of a file drops the
/// locks that SQLite has on it. The operating system lets go of it when the process ends, however it ends.
/// </remarks>
internal static class FileLock
{
    /// <exception cref="JournalUnusableException">Somebody else has it, or there can be none.</exception>
    internal static FileStream Take(string path)
    {
        var lockPath = path + ".lock";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalUnusableException(
                $"{lockPath} may not be written by this user. Give it write permission to the folder, or name another path.", e);
        }
        catch (IOException e) when (!File.Exists(lockPath))
        {
            throw new JournalUnusableException($"{lockPath} cannot be made. Make room, or name a path where files can be. ({e.Message})", e);
        }
        catch (IOException e)
        {
            throw new JournalUnusableException(
                $"{path} is in use: {lockPath} is locked by another process. Stop that one, or give this one its own path. ({e.Message})", e);
        }
    }
}
