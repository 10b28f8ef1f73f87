using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lapstack.Ground;

/// <summary>
/// JSON as AWS's services write it: nothing is escaped that need not be, so names in any language stay readable.
/// </summary>
internal static class JsonText
{
    public static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A text as it stands between the quotes of a JSON string.</summary>
    public static string Escape(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}
