using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Jobs.Core.Inputs;

/// <summary>
/// Tells whether two requests ask for the same: 32 hexadecimal digits of a SHA-256 of the job and its input. The order
/// of an object's members and the
/// blanks between them do not count; a number or a text written in another way does.
/// </summary>
public static class InputFingerprint
{
    private const int Digits = 32;

    /// <param name="json">The input; null when it is an object of the bucket.</param>
    /// <param name="key">That object's key; null when the input is JSON.</param>
    /// <exception cref="JsonException">The input is not JSON.</exception>
    public static string Of(string job, string? json, string? key = null)
    {
        var text = new ArrayBufferWriter<byte>();
        Write(text, Encoding.UTF8.GetBytes($"{job}\n{key}\n"));
        if (json is not null)
        {
            using var document = JsonDocument.Parse(json);
            Write(text, document.RootElement);
        }

        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan))[..Digits];
    }

    private static void Write(ArrayBufferWriter<byte> text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Write(text, "{"u8);
                // As they are written, because a name may hold what is no text. Those of one name keep their order.
                foreach (var member in element.EnumerateObject().OrderBy(NameOf, StringComparer.Ordinal))
                {
                    Write(text, "\""u8);
                    Write(text, JsonMarshal.GetRawUtf8PropertyName(member));
                    Write(text, "\":"u8);
                    Write(text, member.Value);
                    Write(text, ","u8);
                }

                Write(text, "}"u8);
                break;
            case JsonValueKind.Array:
                Write(text, "["u8);
                foreach (var item in element.EnumerateArray())
                {
                    Write(text, item);
                    Write(text, ","u8);
                }

                Write(text, "]"u8);
                break;
            default:
                Write(text, JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private static string NameOf(JsonProperty member) =>
        Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8PropertyName(member));

    private static void Write(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> bytes) => text.Write(bytes);
}
