using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Lapstack.Patterns;

/// <summary>A range of IPv4 or IPv6 addresses in CIDR notation, or one address.</summary>
internal sealed partial record IpNetwork(byte[] Address, int PrefixLength)
{
    /// <summary>Reads `address/bits`: 0 to 31 bits for IPv4, 0 to 127 for IPv6.</summary>
    /// <exception cref="FormatException">It is no such thing; the message says which part.</exception>
    public static IpNetwork Parse(string cidr)
    {
        var parts = cidr.Split('/');
        if (parts.Length != 2 || parts[1].Length == 0) throw new FormatException("Malformed CIDR, one '/' required");
        if (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bits))
            throw new FormatException("Malformed CIDR, mask bits must be an integer");
        if (bits < 0) throw new FormatException("Malformed CIDR, mask bits must not be negative");
        var address = AddressOf(parts[0]) ?? throw new FormatException($"Nonstandard IP address: {parts[0]}");
        if (bits >= address.Length * 8)
            throw new FormatException(
                $"{(address.Length == 4 ? "IPv4" : "IPv6")} mask bits must be < {address.Length * 8}");
        return new IpNetwork(address, bits);
    }

    /// <summary>The one address <paramref name="text"/> spells, or null when it spells none.</summary>
    public static IpNetwork? OfAddress(string text) =>
        AddressOf(text) is { } address ? new IpNetwork(address, address.Length * 8) : null;

    public bool Contains(string text)
    {
        var other = AddressOf(text);
        if (other is null || other.Length != Address.Length) return false;
        for (var bit = 0; bit < PrefixLength; bit++)
            if (((Address[bit / 8] ^ other[bit / 8]) & (0x80 >> (bit % 8))) != 0) return false;
        return true;
    }

    // IPAddress alone would read "1" and "0x10.1" as addresses, and a leading zero as octal.
    private static byte[]? AddressOf(string text)
    {
        if (Ipv4().IsMatch(text))
        {
            var bytes = new byte[4];
            var octets = text.Split('.');
            for (var i = 0; i < 4; i++)
                if (!byte.TryParse(octets[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
                {
                    return null;
                }

            return bytes;
        }
        if (!Ipv6().IsMatch(text) || !IPAddress.TryParse(text, out var address)) return null;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
    }

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ipv4();

    [GeneratedRegex(@"^[0-9a-fA-F:]*:[0-9a-fA-F:]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ipv6();
}
