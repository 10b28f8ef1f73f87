using System.Collections.Concurrent;
using Lapstack.State;

namespace Lapstack.Services;

/// <summary>
/// What calls have switched on or off. As on AWS that stays, through restarts too, until the template says of it
/// something else than it said then.
/// </summary>
internal sealed class Switches(ServiceState state)
{
    private readonly ConcurrentDictionary<string, bool> _declared = new(StringComparer.Ordinal);

    /// <summary>Whether it is on, now that the template is read.</summary>
    public bool Open(string name, bool declared)
    {
        _declared[name] = declared;
        return state.Read<Switched>(FileOf(name)) is { } switched && switched.Declared == declared
            ? switched.IsOn
            : declared;
    }

    public void Set(string name, bool isOn) => state.Write(FileOf(name), new Switched(_declared[name], isOn));

    private static string FileOf(string name) => $"switches/{FileNames.Hash(name)}.json";

    private sealed record Switched(bool Declared, bool IsOn);
}
