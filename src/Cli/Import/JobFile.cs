using System.Text;

namespace Jobs.Cli.Import;

/// <summary>Writes the class of a workload. What environments have differently is a switch.</summary>
/// <param name="environments">The first is what holds for every environment that is not named.</param>
/// <param name="hasTopics">Workloads of the import publish topics.</param>
internal sealed class JobFile(
    Workload workload, IReadOnlyList<(string? Name, WorkloadCode Code)> environments, bool hasTopics)
{
    /// <summary>Of a comment, behind two levels of indentation.</summary>
    private const int CommentWidth = 108;

    public string Name => $"{workload.ClassName}.cs";

    public string Write()
    {
        var after = Steps();
        var definition = Initialized(
            $"new JobDefinition({CSharp.Text(workload.Name)})", code => code.Definition);
        var props = Initialized("new JobProps", code => code.Props);
        var body = new StringBuilder();
        var parameters = $"JobRunner runner, Construct scope, string environment{(hasTopics ? ", Topics topics" : "")}";
        body.Append($$"""
            /// <summary>{{Escaped(workload.Manifest.File)}}, a {{workload.Type}}.</summary>
            internal static class {{workload.ClassName}}
            {
                /// <param name="scope">Of what belongs to this job alone.</param>
                /// <param name="environment">Copilot's name of it.</param>
                public static Job AddTo({{parameters}})
                {
                    var definition = {{definition}};
                    var props = {{props}};
                    var job = runner.AddJob(definition, props);

            """);
        if (after.Contains("container?", StringComparison.Ordinal))
        {
            body.AppendLine(CSharp.Indented("var container = Copilot.ContainerOf(job);", 2)).AppendLine();
        }

        if (after.Length > 0) body.AppendLine(CSharp.Indented(after, 2)).AppendLine();
        body.AppendLine(CSharp.Indented("return job;", 2)).AppendLine("    }").AppendLine("}");
        return SourceText.Of(body.ToString());
    }

    private string Initialized(string head, Func<WorkloadCode, Section> section)
    {
        var lines = Merged(section).SelectMany(member =>
            Comments(member.Remarks).Concat(member.Code is { } code ? [CSharp.Assigned(member.Name, code)] : []));
        return CSharp.Indented($"{head}\n{{\n{CSharp.Indented(string.Join('\n', lines))}\n}}", 2).TrimStart();
    }

    private string Steps() => string.Join("\n\n", Merged(code => code.After, isStep: true)
        .Select(member => string.Join(
            '\n', Comments(member.Remarks).Concat(member.Code is { Length: > 0 } code ? [code] : [])))
        .Where(step => step.Length > 0));

    /// <summary>Each member once, in the order of the first environment that has it.</summary>
    private IEnumerable<Member> Merged(Func<WorkloadCode, Section> section, bool isStep = false)
    {
        var all = environments.Select(one => (one.Name, section(one.Code).Members)).ToList();
        foreach (var name in all.SelectMany(one => one.Members).Select(member => member.Name).Distinct())
        {
            var own = all.Select(one => (
                one.Name, Member: one.Members.FirstOrDefault(member => member.Name == name))).ToList();
            var remarks = own.SelectMany(one => one.Member?.Remarks ?? []).ToList();
            var fallback = own.Select(one => one.Member).First(member => member is not null)!;
            var hasCode = own.Any(one => one.Member?.Code is not null);
            var filled = own.First(one => one.Member?.Code is not null || !hasCode).Member ?? fallback;
            var arms = own.Select(one => (one.Name, Code: one.Member?.Code ?? filled.Fallback)).ToList();
            yield return new Member(name, hasCode ? Chosen(arms, isStep) : null, "", remarks);
        }
    }

    private static string Chosen(List<(string? Name, string Code)> arms, bool isStep)
    {
        var others = arms.Skip(1).Where(arm => arm.Code != arms[0].Code).ToList();
        if (others.Count == 0) return arms[0].Code;
        if (!isStep)
        {
            var cases = others.Select(arm => $"{CSharp.Joined($"{CSharp.Text(arm.Name!)} =>", arm.Code)},")
                .Append($"{CSharp.Joined("_ =>", arms[0].Code)},");
            return $"environment switch\n{{\n{CSharp.Indented(string.Join('\n', cases))}\n}}";
        }

        var blocks = others.Select(arm => Block($"case {CSharp.Text(arm.Name!)}:", arm.Code))
            .Append(Block("default:", arms[0].Code));
        return $"switch (environment)\n{{\n{CSharp.Indented(string.Join('\n', blocks))}\n}}";
    }

    private static string Block(string label, string code) => code.Length == 0
        ? $"{label}\n    break;"
        : $"{label}\n{{\n{CSharp.Indented(code)}\n    break;\n}}";

    /// <summary>Of each reason what it is the reason for, then the reason.</summary>
    private static IEnumerable<string> Comments(IEnumerable<Remark> remarks) =>
        from remark in remarks
        group remark.Left by remark.Text into same
        from line in same.OfType<ManifestNode>().Distinct().Select(LeftLine)
            .Concat(CSharp.Comment(same.Key, CommentWidth))
        select line;

    /// <summary>What is left of one line of a manifest, never wrapped.</summary>
    public static string LeftLine(ManifestNode leaf) =>
        $"// Left out: {OneLine(leaf.Path)}: {OneLine(leaf.Shown)} (line {leaf.Line}).";

    /// <summary>C# ends a line at these as well.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(
        next => next is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' ? ' ' : next));

    private static string Escaped(string text) =>
        OneLine(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
