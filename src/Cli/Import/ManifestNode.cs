using System.Globalization;
using Jobs.Cli.Ground;

namespace Jobs.Cli.Import;

/// <summary>
/// A part of a manifest, with what became of it: a leaf is mapped when a reader takes it, or left with the reason. What
/// is neither is known, so nothing is dropped.
/// </summary>
/// <param name="file">As the person named it, for messages.</param>
/// <param name="path">Its keys from the manifest's root, such as image.build.args.KEY or subscribe.topics[0].name.
/// </param>
internal sealed class ManifestNode(string file, string path, int line)
{
    private readonly List<(string Key, ManifestNode Value)> _members = [];
    private readonly List<ManifestNode> _items = [];

    public string File => file;

    public string Path => path;

    public int Line => line;

    /// <summary>The last of its keys.</summary>
    public string Key => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Of a scalar; null for a key without a value, a map or a list.</summary>
    public string? Scalar { get; init; }

    /// <summary>Text, even if it looks like a number.</summary>
    public bool IsQuoted { get; init; }

    public bool IsMap { get; init; }

    public bool IsList { get; init; }

    public IReadOnlyList<(string Key, ManifestNode Value)> Members => _members;

    public IReadOnlyList<ManifestNode> Items => _items;

    /// <summary>A key without a value, or with an empty map or list.</summary>
    public bool IsEmpty => Scalar is null && _members.Count == 0 && _items.Count == 0;

    public bool IsMapped { get; private set; }

    /// <summary>Why it has no counterpart; null while it has one.</summary>
    public string? Reason { get; private set; }

    public ManifestNode? this[string key] => _members.LastOrDefault(member => member.Key == key).Value;

    /// <summary>What it says, on one line.</summary>
    public string Shown => IsMap ? "{}" : IsList ? "[]" : (Scalar ?? "").ReplaceLineEndings("\\n");

    public void Add(string key, ManifestNode value) => _members.Add((key, value));

    public void Add(ManifestNode item) => _items.Add(item);

    /// <summary>The part at these keys; null when there is none, or when it is empty.</summary>
    public ManifestNode? Find(params ReadOnlySpan<string> keys)
    {
        var node = this;
        foreach (var key in keys)
        {
            node = node[key];
            if (node is null) return null;
        }

        return node.IsEmpty ? null : node;
    }

    /// <summary>The scalars below it, and what is empty.</summary>
    public IEnumerable<ManifestNode> Leaves() =>
        _members.Count + _items.Count == 0
            ? [this]
            : _members.Select(member => member.Value).Concat(_items).SelectMany(child => child.Leaves());

    /// <summary>All of it has been made something of.</summary>
    public void Map()
    {
        foreach (var leaf in Leaves()) leaf.IsMapped = true;
    }

    /// <summary>None of it has a counterpart, but for what a reader took already.</summary>
    public void Leave(string reason)
    {
        foreach (var leaf in Leaves().Where(leaf => !leaf.IsMapped)) leaf.Reason ??= reason;
    }

    /// <summary>The scalar as text, which is mapped by that.</summary>
    public string Text()
    {
        if (Scalar is null) throw Fault("has one value", $"Write it as {Key}: VALUE.");
        Map();
        return Scalar;
    }

    public int Number(int least = 0, int most = int.MaxValue)
    {
        if (!int.TryParse(Text(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            || number < least || number > most)
        {
            var range = most == int.MaxValue ? $"{least} or more" : $"{least} to {most}";
            throw Fault($"is a whole number, {range}", $"Write it as {Key}: {least}.");
        }

        return number;
    }

    public bool Flag() => Text() switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => throw Fault("is true or false", $"Write it as {Key}: true."),
    };

    public string Choice(params string[] values)
    {
        var text = Text();
        return values.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw Fault($"is one of {string.Join(", ", values)}", $"Write it as {Key}: {values[0]}.");
    }

    public bool IsFlag => Scalar is "true" or "True" or "TRUE" or "false" or "False" or "FALSE";

    /// <summary>As Copilot writes spans of time: 1h30m, 45s, 250ms.</summary>
    public TimeSpan Span() =>
        Durations.Parse(Text())
            ?? throw Fault("is a duration", $"Write it as {Key}: 1h30m, with the units h, m, s, ms.");

    /// <summary>A list of texts; a single one counts as a list.</summary>
    public IReadOnlyList<string> Texts() => IsList ? [.. _items.Select(item => item.Text())] : [Text()];

    /// <summary>A map of texts.</summary>
    public IReadOnlyList<(string Key, string Value)> Pairs()
    {
        if (!IsMap && !IsEmpty) throw Fault("is a map", $"Write each pair on a line of its own below {Key}.");
        return [.. _members.Select(member => (
            member.Key, member.Value.IsEmpty ? Empty(member.Value) : member.Value.Text()))];
    }

    /// <summary>Names file, line, key, value and what to write instead.</summary>
    /// <param name="rule">What holds, behind the key: <c>is a whole number</c>.</param>
    public CliException Fault(string rule, string remedy) =>
        CliException.Failed($"{file}, line {line}: {path} {rule} (found: {Excerpt(this)}). {remedy}");

    private static string Empty(ManifestNode node)
    {
        node.Map();
        return "";
    }

    private static string Excerpt(ManifestNode node) => node switch
    {
        { IsMap: true } => $"a map of {string.Join(", ", node.Members.Select(member => member.Key))}",
        { IsList: true } => "a list",
        _ => Core.Excerpt.Of(node.Shown, 100),
    };
}
