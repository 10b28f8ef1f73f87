using Jobs.Cli.Ports;

namespace Jobs.Cli.Images;

/// <summary>Which images are let through: those that were scanned, without a finding that is refused.</summary>
/// <param name="failOn">The least severity that is refused; one of <see cref="Severities"/>.</param>
/// <param name="allowed">Names of findings that are not, or <see cref="Unscanned"/>, each with the reason.</param>
internal sealed class ScanGate(string failOn, IReadOnlyDictionary<string, string> allowed)
{
    /// <summary>What allows an image that ECR cannot scan.</summary>
    public const string Unscanned = "unscanned";

    /// <summary>The gravest first.</summary>
    public static readonly IReadOnlyList<string> Severities = ["CRITICAL", "HIGH", "MEDIUM"];

    /// <summary>Whether the scan may still change.</summary>
    /// <param name="scan">Null when it has not begun.</param>
    public static bool IsOpen(ImageScan? scan) => scan?.Status is null or "PENDING" or "IN_PROGRESS";

    /// <summary>Why the image is refused, a sentence for each reason; none when it is let through.</summary>
    public IEnumerable<string> Refusals(ImageScan? scan)
    {
        if (scan?.Status is not ("COMPLETE" or "ACTIVE"))
        {
            if (allowed.ContainsKey(Unscanned)) yield break;
            yield return $"It is not scanned: {Status(scan)}. Build it on an image that ECR can scan (-c baseImage=…), " +
                $"switch on enhanced scanning in the registry, or allow it with the reason: --allow {Unscanned}=REASON.";
            yield break;
        }

        foreach (var finding in scan.Findings.Where(IsRefused))
        {
            yield return $"{finding.Severity} {finding.Name}{(finding.Package is { } package ? $" in {package}" : "")}";
        }
    }

    /// <summary>The findings that would be refused, were they not allowed, each with the reason.</summary>
    public IEnumerable<string> Allowances(ImageScan? scan) => (scan?.Findings ?? [])
        .Where(finding => IsGrave(finding) && allowed.ContainsKey(finding.Name))
        .Select(finding => $"{finding.Severity} {finding.Name} is allowed: {allowed[finding.Name]}");

    private static string Status(ImageScan? scan) => scan switch
    {
        null => "ECR has no scan of it",
        { Description: { Length: > 0 } description } => $"{scan.Status}, {description.TrimEnd('.')}",
        _ => scan.Status,
    };

    private bool IsRefused(ImageFinding finding) => IsGrave(finding) && !allowed.ContainsKey(finding.Name);

    private bool IsGrave(ImageFinding finding) =>
        Severities.Take(Severities.ToList().IndexOf(failOn) + 1).Contains(finding.Severity);
}
