using System.Collections.Concurrent;
using System.Globalization;

namespace Lapstack.State;

/// <summary>The one folder in which everything that must survive a restart is kept.</summary>
public sealed class StateFolder(string path)
{
    /// <summary>
    /// Of the documents' form. It goes up when a document can no longer be read by the version before; then what the
    /// version before wrote must still be read, which a test holds to a state that each version wrote.
    /// </summary>
    private const int Version = 1;

    /// <summary>EWOULDBLOCK of Linux and macOS, and Windows's violations of sharing and of a lock.</summary>
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly ConcurrentDictionary<string, ServiceState> _services = new(StringComparer.Ordinal);

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The part of one service, the same object for every caller; its folder is created when absent.</summary>
    /// <param name="service">A folder name, such as <c>sqs</c>.</param>
    /// <exception cref="StateException">It cannot be written.</exception>
    public ServiceState For(string service) =>
        _services.GetOrAdd(service, name => Writing(() => new ServiceState(System.IO.Path.Combine(Path, name))));

    /// <summary>
    /// As <see cref="For"/>, for what other users of the machine must not read: on Unix its folders have mode 0700 and
    /// its documents 0600; on Windows they have the rights of the folder above.
    /// </summary>
    /// <exception cref="StateException">It cannot be written.</exception>
    public ServiceState ForOwner(string service) => _services.GetOrAdd(
        service, name => Writing(() => new ServiceState(System.IO.Path.Combine(Path, name), ownerOnly: true)));

    /// <summary>
    /// Takes the folder for this process until disposed; the system gives it back when the process dies.
    /// </summary>
    /// <exception cref="StateException">Another emulator has it, a newer version wrote it, or it cannot be written.
    /// </exception>
    public IDisposable Claim() => Writing(() =>
    {
        Directory.CreateDirectory(Path);
        var path = System.IO.Path.Combine(Path, "in-use");
        var claim = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            CheckVersion();
            return claim;
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    });

    private void CheckVersion()
    {
        var path = System.IO.Path.Combine(Path, "version");
        var written = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && version > Version)
        {
            throw new StateException(
                $"The state folder '{Path}' is of version {version}, which a newer emulator wrote; this one reads up " +
                $"to {Version}. Use the newer one, or choose another folder.");
        }

        var own = Version.ToString(CultureInfo.InvariantCulture);
        if (written != own) File.WriteAllText(path, own);
    }

    private T Writing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException taken) when (Taken.Contains(taken.HResult))
        {
            throw new StateException(
                $"Another emulator uses the state folder '{Path}'. Stop it, or choose another folder.", taken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateException(
                $"The state folder '{Path}' cannot be written: {refused.Message} Make it writable, or choose another " +
                "folder.",
                refused);
        }
    }
}
