using System.Security.Cryptography;
using System.Text;

namespace Lapstack.Services.AutoScaling;

/// <summary>Ids that are the same after every restart.</summary>
internal static class DerivedIds
{
    public static string Hex(string of, int length) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)))[..length];

    public static string Uuid(string of)
    {
        var hex = Hex(of, 32);
        return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
    }
}
