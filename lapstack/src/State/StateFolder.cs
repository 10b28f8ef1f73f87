using System.Collections.Concurrent;

namespace Lapstack.State;

/// <summary>The one folder in which everything that must survive a restart is kept.</summary>
public sealed class StateFolder(string path)
{
    private readonly ConcurrentDictionary<string, ServiceState> _services = new(StringComparer.Ordinal);

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The part of one service, the same object for every caller; its folder is created when absent.</summary>
    /// <param name="service">A folder name, such as <c>sqs</c>.</param>
    public ServiceState For(string service) => _services.GetOrAdd(service, name => new ServiceState(System.IO.Path.Combine(Path, name)));

    /// <summary>Takes the folder for this process until disposed; the system gives it back when the process dies.</summary>
    /// <exception cref="IOException">Another emulator has it.</exception>
    public IDisposable Claim()
    {
        Directory.CreateDirectory(Path);
        var path = System.IO.Path.Combine(Path, "in-use");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"Another emulator uses the state folder '{Path}'. Stop it, or choose another folder.", taken);
        }
    }
}
