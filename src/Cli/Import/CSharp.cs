using System.Globalization;
using System.Text;

namespace Jobs.Cli.Import;

/// <summary>Writes C#: literals, names and initializers.</summary>
internal static class CSharp
{
    private const int Indent = 4;

    public static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var next in value)
        {
            text.Append(next switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)next:x4}"),
                _ => next.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    /// <summary>From a thousand on with the separators of this house.</summary>
    public static string Number(long value) =>
        value.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_');

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Flag(bool value) => value ? "true" : "false";

    /// <summary>A list of texts.</summary>
    public static string Texts(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]";

    public static string List(IReadOnlyCollection<string> items) =>
        items.Count == 0 ? "[]" : $"[\n{Indented(string.Join(",\n", items))},\n]";

    /// <param name="pairs">Keys as text, values as code.</param>
    public static string Dictionary(string type, IReadOnlyCollection<(string Key, string Code)> pairs) =>
        pairs.Count == 0
            ? $"new Dictionary<string, {type}>()"
            : Initialized(
                $"new Dictionary<string, {type}>", pairs.Select(pair => ($"[{Text(pair.Key)}]", pair.Code)));

    /// <summary><c>new Type { Name = code, }</c>, a member a line.</summary>
    public static string Initialized(string head, IEnumerable<(string Name, string Code)> members) =>
        $"{head}\n{{\n{Indented(string.Join('\n', members.Select(member => Assigned(member.Name, member.Code))))}\n}}";

    /// <summary>A member of an initializer.</summary>
    public static string Assigned(string name, string code) => $"{Joined($"{name} =", code)},";

    /// <summary>A list of several lines begins on a line of its own.</summary>
    public static string Joined(string head, string code) =>
        code.StartsWith("[\n", StringComparison.Ordinal) ? $"{head}\n{code}" : $"{head} {code}";

    /// <summary><c>new Type { Name = code }</c> on one line.</summary>
    public static string Short(string head, params IEnumerable<(string Name, string Code)> members) =>
        $"{head} {{ {string.Join(", ", members.Select(member => $"{member.Name} = {member.Code}"))} }}";

    /// <summary>The name of a type or member: report-generator is ReportGenerator.</summary>
    public static string Name(string text)
    {
        var name = new StringBuilder();
        var begins = true;
        foreach (var next in text)
        {
            if (!char.IsAsciiLetterOrDigit(next))
            {
                begins = true;
                continue;
            }

            if (name.Length == 0 && char.IsAsciiDigit(next)) name.Append('N');
            name.Append(begins ? char.ToUpperInvariant(next) : next);
            begins = false;
        }

        return name.Length == 0 ? "Unnamed" : name.ToString();
    }

    public static string Indented(string code, int levels = 1)
    {
        var indent = new string(' ', Indent * levels);
        return string.Join('\n', code.Split('\n').Select(line => line.Length == 0 ? line : indent + line));
    }

    /// <summary>A comment, wrapped.</summary>
    public static IEnumerable<string> Comment(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.ReplaceLineEndings(" ").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + word.Length + 4 > width)
            {
                yield return $"// {line}";
                line.Clear();
            }

            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        if (line.Length > 0) yield return $"// {line}";
    }
}
