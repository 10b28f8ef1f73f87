using System.Runtime.Versioning;

namespace Lapstack.Processes;

/// <param name="id">Of the program, and of the group it leads.</param>
/// <param name="memoryBytes">What the group of an id has.</param>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixGroup(int id, Func<int, long> memoryBytes) : IProcessGroup
{
    /// <summary>To the program itself, as a container runtime does.</summary>
    public void Terminate() => Signals.Terminate(id);

    public void Kill()
    {
        Signals.KillGroup(id);
        Signals.Kill(id); // In its first moments it has no group of its own yet.
    }

    /// <summary>By the group alone: the program's id may be another's by now.</summary>
    public void KillRest() => Signals.KillGroup(id);

    public long MemoryBytes() => memoryBytes(id);

    public void Dispose()
    {
    }
}
