namespace Jobs.Emulator.State;

/// <summary>The one folder in which everything that must survive a restart is kept.</summary>
public sealed class StateFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The part of one service; created when absent.</summary>
    /// <param name="service">A folder name, such as <c>sqs</c>.</param>
    public ServiceState For(string service) => new(System.IO.Path.Combine(Path, service));
}
