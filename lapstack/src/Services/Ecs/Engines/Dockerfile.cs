using System.Text.Json;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>
/// Reads the Dockerfiles that need no engine: one stage that copies one published folder and names a program.
/// FROM, USER, LABEL, EXPOSE, ARG, VOLUME and STOPSIGNAL SIGTERM change nothing here; WORKDIR, COPY, ENV, ENTRYPOINT
/// and CMD (exec form) are applied; everything else takes an engine, and says so.
/// </summary>
internal static class Dockerfile
{
    private static readonly string[] WithoutEffect = ["FROM", "USER", "LABEL", "EXPOSE", "ARG", "VOLUME"];

    /// <exception cref="ContainerStartException">CannotPullContainerError, with the line that cannot be
    /// honoured.</exception>
    public static ContainerImage Read(string path)
    {
        if (!File.Exists(path)) throw Cannot($"there is no {path}. Synthesize again.");
        var context = Path.GetDirectoryName(path)!;
        var image = new ContainerImage(context, "/", "/", new Dictionary<string, string>(), [], []);
        var stages = 0;
        foreach (var line in Lines(File.ReadAllLines(path)))
        {
            var blank = line.IndexOfAny([' ', '\t']);
            var (instruction, rest) = blank < 0
                ? (line.ToUpperInvariant(), "")
                : (line[..blank].ToUpperInvariant(), line[blank..].Trim());
            if (instruction == "FROM" && ++stages > 1)
            {
                throw Cannot($"it has several stages ('{line}'); publish the folder first and copy it.");
            }

            image = Apply(image, instruction, rest, line, context);
        }
        return image;
    }

    private static ContainerImage Apply(
        ContainerImage image, string instruction, string rest, string line, string context) => instruction switch
        {
            _ when WithoutEffect.Contains(instruction) => image,
            "STOPSIGNAL" when rest is "SIGTERM" or "15" => image,
            "WORKDIR" => image with { WorkingDirectory = Inside(image, rest) },
            "COPY" => Copy(image, rest, line, context),
            "ENV" => image with { Environment = Merge(image.Environment, rest, line) },
            "ENTRYPOINT" => image with { EntryPoint = Exec(rest, line), Command = [] },
            "CMD" => image with { Command = Exec(rest, line) },
            _ =>
                throw Cannot(
                    $"'{line}' takes one. Only {string.Join(", ", WithoutEffect)}, WORKDIR, COPY, ENV, ENTRYPOINT and " +
                    "CMD work without."),
        };

    private static ContainerImage Copy(ContainerImage image, string rest, string line, string context)
    {
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(word => word.StartsWith("--ch", StringComparison.Ordinal))
            .ToArray();
        if (words.Length != 2 || words[0].StartsWith("--", StringComparison.Ordinal) || image.CopiedTo != "/")
            throw Cannot($"'{line}' is not the one COPY of one folder that works without.");
        var source = Path.GetFullPath(words[0].TrimStart('/'), context);
        if (!Directory.Exists(source)) throw Cannot($"'{line}' copies {source}, which is no folder.");
        return image with { CopiedFrom = source, CopiedTo = Inside(image, words[1]) };
    }

    /// <summary>Both forms: <c>ENV A=b C="d e"</c> and <c>ENV A b</c>.</summary>
    private static Dictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> environment, string rest, string line)
    {
        var merged = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        var name = rest.Split(' ', '=')[0];
        if (name.Length == rest.Length) throw Cannot($"'{line}' has no value.");
        if (rest[name.Length] == ' ')
        {
            merged[name] = rest[name.Length..].Trim();
            return merged;
        }

        foreach (var pair in Words(rest))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw Cannot($"'{line}' is not NAME=value.");
            merged[pair[..equals]] = pair[(equals + 1)..];
        }
        return merged;
    }

    /// <summary>Splits at blanks outside double quotes, and drops the quotes.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var quoted = false;
        var word = new System.Text.StringBuilder();
        foreach (var c in text + " ")
        {
            if (c == '"') quoted = !quoted;
            else if (c != ' ' || quoted) word.Append(c);
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }

    private static string[] Exec(string rest, string line)
    {
        try
        {
            if (rest.StartsWith('[')) return JsonSerializer.Deserialize<string[]>(rest) ?? [];
        }
        catch (JsonException)
        {
            // Docker too takes a broken list for the shell form.
        }
        throw Cannot($"'{line}' is in shell form, which also swallows SIGTERM. Write [\"program\", \"argument\"].");
    }

    /// <summary>An absolute path inside the image, with slashes whatever this system's paths have.</summary>
    private static string Inside(ContainerImage image, string path)
    {
        var names = new List<string>();
        foreach (var name in (path.StartsWith('/') ? path : $"{image.WorkingDirectory}/{path}").Split('/'))
        {
            if (name == "..") names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
            else if (name is not ("" or ".")) names.Add(name);
        }
        return $"/{string.Join('/', names)}";
    }

    /// <summary>Without comments, and with continued lines joined.</summary>
    private static IEnumerable<string> Lines(IEnumerable<string> raw)
    {
        var joined = "";
        foreach (var line in raw.Select(l => l.Trim()).Where(l => !l.StartsWith('#')))
        {
            joined += line.TrimEnd('\\');
            if (line.EndsWith('\\')) continue;
            if (joined.Trim() is { Length: > 0 } complete) yield return complete;
            joined = "";
        }
    }

    private static ContainerStartException Cannot(string why) =>
        new($"CannotPullContainerError: the local emulator runs images without a container engine, and {why}");
}
