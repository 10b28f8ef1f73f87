using System.Text;

namespace Lapstack.Services.Sqs;

/// <summary>What a body or an attribute may hold as text: what XML 1.0 may hold.</summary>
internal static class MessageText
{
    public static bool IsAllowed(string text) => text.EnumerateRunes().All(static rune =>
        rune.Value is 0x9 or 0xA or 0xD or (>= 0x20 and not 0xFFFE and not 0xFFFF));
}
