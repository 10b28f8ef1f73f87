using System.Collections.Concurrent;
using Lapstack.Ground;

namespace Lapstack.Services.Events;

/// <summary>
/// The buses by name: the default one, those of the template, and those that its rules name without the template having
/// them.
/// </summary>
internal sealed class EventBuses(Account account)
{
    public const string Default = "default";

    private const string Resource = "event-bus/";

    private readonly ConcurrentDictionary<string, byte> _names =
        new([new(Default, 0)], StringComparer.Ordinal);

    public IEnumerable<string> All => _names.Keys.Order(StringComparer.Ordinal);

    public bool Has(string name) => _names.ContainsKey(name);

    /// <summary>False when it was there.</summary>
    public bool Add(string name) => _names.TryAdd(name, 0);

    public string ArnOf(string name) => account.Arn("events", Resource + name);

    /// <param name="given">A name, or an ARN of any account: the emulator is one. Null or empty for the default
    /// one.</param>
    public static string NameOf(string? given)
    {
        if (given is not { Length: > 0 }) return Default;
        return given.Split($":{Resource}", 2) is [_, var name] ? name : given;
    }
}
