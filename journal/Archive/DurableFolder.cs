using System.Runtime.InteropServices;

namespace RoutingGrid.Journal.Archive;

/// <summary>Makes names in a folder durable: the disk may have a file's content and forget its name.</summary>
internal static partial class DurableFolder
{
    /// <exception cref="IOException">The disk did not do as told.</exception>
    internal static void Sync(string folder)
    {
        // Windows gives no handle for it; its file systems log changes of names.
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        if (handle < 0) throw Failure(folder);
        var synced = Fsync(handle);
        var failure = synced == 0 ? null : Failure(folder);
        _ = Close(handle);
        if (failure is not null) throw failure;
    }

    private static IOException Failure(string folder) => new($"The folder {folder} could not be written to the disk: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
