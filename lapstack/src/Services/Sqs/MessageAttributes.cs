using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lapstack.Services.Sqs;

/// <summary>
/// The attributes a sender attaches to a message, in the API's form: name → { DataType, StringValue | BinaryValue }.
/// </summary>
internal static partial class MessageAttributes
{
    private const int Most = 10;

    /// <summary>A copy with the known members only.</summary>
    /// <exception cref="Wire.ServiceError">InvalidParameterValue, as SQS says it.</exception>
    public static JsonObject Read(JsonObject attributes)
    {
        var read = new JsonObject();
        if (attributes.Count > Most)
        {
            throw SqsErrors.Invalid(
                $"Number of message attributes [{attributes.Count}] exceeds the allowed maximum [{Most}].");
        }

        foreach (var (name, value) in attributes) read[name] = ReadOne(name, value as JsonObject ?? []);
        return read;
    }

    public static JsonObject Text(IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.Select(pair => KeyValuePair.Create<string, JsonNode?>(
            pair.Key,
            new JsonObject { ["DataType"] = "String", ["StringValue"] = pair.Value })));

    /// <summary>Those asked for: by name, by `prefix.*`, or with `All` or `.*`.</summary>
    public static JsonObject Select(JsonObject attributes, IReadOnlyCollection<string> names)
    {
        bool IsWanted(string name) => names.Any(wanted => wanted is "All" or ".*" || wanted == name
                || (wanted.EndsWith(".*", StringComparison.Ordinal)
                    && name.StartsWith(wanted[..^2], StringComparison.Ordinal)));
        return new JsonObject(
            attributes.Where(pair => IsWanted(pair.Key)).Select(
                pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
    }

    /// <summary>In bytes, as they count towards a message's size.</summary>
    public static int Size(JsonObject attributes) => attributes.Sum(pair =>
        Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(
            DataType(pair.Value!)) + Value(pair.Value!).Length);

    /// <summary>
    /// The digest clients check: sorted by name, each name, type and value with its length before it.
    /// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html.
    /// </summary>
    public static string Md5(JsonObject attributes)
    {
        using var buffer = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            WriteSized(buffer, Encoding.UTF8.GetBytes(name));
            WriteSized(buffer, Encoding.UTF8.GetBytes(DataType(value!)));
            buffer.WriteByte(IsBinary(value!) ? (byte)2 : (byte)1);
            WriteSized(buffer, Value(value!));
        }
        return MessageDigest.Md5(buffer.ToArray());
    }

    private static JsonObject ReadOne(string name, JsonObject value)
    {
        if (!Name().IsMatch(name))
        {
            throw SqsErrors.Invalid($"The message (user) attribute name '{name}' is invalid. It may have 1 to 256 " +
                "characters of A-Z, a-z, 0-9, "
                +
                    "underscore (_), hyphen (-) and period (.), may not begin with AWS. or Amazon., may not begin or " +
                    "end with a period, "
                + "and may not have periods in succession.");
        }
        var type = value["DataType"]?.ToString() ?? "";
        if (type.Length == 0)
        {
            throw SqsErrors.Invalid($"The message attribute '{name}' must contain non-empty message attribute type.");
        }

        var kind = type.Split('.')[0];
        if (kind is not ("String" or "Number" or "Binary"))
        {
            throw SqsErrors.Invalid($"The type of message (user) attribute '{name}' is invalid. "
                + "You must use only the following supported type prefixes: Binary, Number, String.");
        }
        var member = kind == "Binary" ? "BinaryValue" : "StringValue";
        var content = value[member]?.ToString() ?? "";
        if (content.Length == 0)
        {
            throw SqsErrors.Invalid(
                $"The message (user) attribute '{name}' must contain a non-empty value of type '{kind}'.");
        }

        if (kind != "Binary" && !MessageText.IsAllowed(content)) throw SqsErrors.InvalidContents();
        if (kind == "Number" && !double.TryParse(content, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw SqsErrors.Invalid($"Can't cast the value of message (user) attribute '{name}' to a number.");
        if (kind == "Binary" && !Convert.TryFromBase64String(content, new byte[content.Length], out _))
            throw SqsErrors.Invalid($"The value of message (user) attribute '{name}' is not base64.");
        return new JsonObject { ["DataType"] = type, [member] = content };
    }

    /// <summary>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html</summary>
    [GeneratedRegex(@"^(?!(?i:AWS|Amazon)\.)(?=.{1,256}\z)[A-Za-z0-9_\-]+(\.[A-Za-z0-9_\-]+)*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private static string DataType(JsonNode value) => value["DataType"]!.ToString();

    private static bool IsBinary(JsonNode value) => value["BinaryValue"] is not null;

    private static byte[] Value(JsonNode value) => IsBinary(value)
        ? Convert.FromBase64String(value["BinaryValue"]!.ToString())
        : Encoding.UTF8.GetBytes(value["StringValue"]!.ToString());

    private static void WriteSized(MemoryStream buffer, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        buffer.Write(length);
        buffer.Write(bytes);
    }
}
