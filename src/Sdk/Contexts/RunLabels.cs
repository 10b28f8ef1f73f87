using Jobs.Core.Definitions;

namespace Jobs.Sdk.Contexts;

/// <summary>
/// The labels that a job's code adds to its run. They are kept in the process until the host notes how the attempt
/// ended.
/// </summary>
/// <param name="mask">Takes the values of secrets out of a text.</param>
internal sealed class RunLabels(Func<string, string> mask)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<string> _added = [];

    /// <summary>What the run was called before this attempt.</summary>
    public IReadOnlyList<string> Known { get; set; } = [];

    /// <summary>What was added, in order.</summary>
    public IReadOnlyList<string> Added
    {
        get { lock (_gate) return _added; }
    }

    /// <exception cref="ArgumentException">It is no label, or the run would have too many.</exception>
    public void Add(string name, string value)
    {
        var label = mask($"{name}={value}");
        if (!Labels.IsLabel(label) || Labels.NameOf(label) != name)
        {
            throw new ArgumentException(
                $"'{label}' is no label: {Labels.Rule}. Write it as job.Label(\"team\", \"billing\").", nameof(name));
        }

        lock (_gate) _added = Fitting([.. Without(_added, [label]).Append(label).Order(StringComparer.Ordinal)], label);
    }

    private string[] Fitting(string[] added, string label)
    {
        List<string> all = [.. added, .. Without(Known, added)];
        return Labels.Fit(all) ? added : throw new ArgumentException(
            $"A run has at most {Labels.MaxCount} labels, of {Labels.MaxLength} characters in all; with '{label}' it " +
            $"would have {string.Join(", ", all)}. Leave some out, or give one of these names another value.",
            nameof(label));
    }

    /// <summary>Those whose names none of the others has.</summary>
    private static IEnumerable<string> Without(IEnumerable<string> labels, IReadOnlyCollection<string> others) =>
        labels.Where(label => others.All(other => Labels.NameOf(other) != Labels.NameOf(label)));
}
