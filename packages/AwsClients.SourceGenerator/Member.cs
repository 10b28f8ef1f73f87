using System;

namespace AwsClients.SourceGenerator;

internal sealed class Member
{
    public Member(string text)
    {
        var parts = text.Split(':');
        Wire = parts[0];
        Type = parts.Length > 1 ? parts[1] : "string";
    }

    /// <summary>The name in requests and responses.</summary>
    public string Wire { get; }

    public string Type { get; }

    public string Name => Pascal(Wire);

    public bool IsList => Type.EndsWith("[]", StringComparison.Ordinal);

    public bool IsMap => Type.EndsWith("{}", StringComparison.Ordinal);

    /// <summary>What a list or map is of, or the type itself.</summary>
    public string Element => Type.TrimEnd('[', ']', '{', '}');

    public string CSharp =>
        IsList ? $"List<{Element}>"
        : IsMap ? $"Dictionary<string, {Element}>"
        : Type switch
        {
            "int" or "long" or "bool" => Type + "?",
            "time" or "milliseconds" => "DateTime?",
            "blob" => "MemoryStream",
            "token" => "string",
            _ => Type,
        };

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
