using System.Text.RegularExpressions;

namespace Jobs.Core.Schedules;

/// <summary>
/// Finds time zones by the names that AWS takes, which are IANA's. A machine has other names beside them.
/// </summary>
internal static partial class Zones
{
    private const string Example = "Europe/Berlin";

    /// <summary>Folders of the same zones, without and with leap seconds.</summary>
    private static readonly string[] Copies = ["posix/", "right/"];

    /// <summary>Zones of the machine that are no place's.</summary>
    private static readonly string[] Own = ["localtime", "posixrules", "Factory"];

    /// <exception cref="FormatException">IANA has no such name; the message says which one it has.</exception>
    public static TimeZoneInfo Find(string name)
    {
        if (IsIana(name)
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            && zone.HasIanaId
            && zone.Id == name)
        {
            return zone;
        }

        throw new FormatException($"'{name}' is not an IANA time zone{Instead(name)}");
    }

    private static bool IsIana(string name) =>
        Form().IsMatch(name)
            && !Own.Contains(name)
            && !Copies.Any(copy => name.StartsWith(copy, StringComparison.Ordinal));

    private static string Instead(string name)
    {
        if (Copies.FirstOrDefault(copy => name.StartsWith(copy, StringComparison.Ordinal)) is { } copy)
        {
            return $"; write {name[copy.Length..]}";
        }

        if (WindowsZones.Iana.TryGetValue(name, out var iana)) return $" but one of Windows; write {iana}";
        var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(IsIana);
        var nearest = Spelling.Nearest(name, known.Concat(WindowsZones.Iana.Keys));
        return nearest is null
            ? $", such as {Example}"
            : $"; did you mean {WindowsZones.Iana.GetValueOrDefault(nearest, nearest)}?";
    }

    [GeneratedRegex(@"^[A-Za-z0-9+_-]+(/[A-Za-z0-9+_-]+)*\z")]
    private static partial Regex Form();
}
