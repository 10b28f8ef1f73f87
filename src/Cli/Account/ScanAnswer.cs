using System.Text.Json;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Account;

/// <summary>
/// ECR's answer about a scan: findings of its own scanner, or, as enhanced ones, of Amazon Inspector.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFindings.html
/// </summary>
internal static class ScanAnswer
{
    public static ImageScan Read(JsonElement answer)
    {
        var status = answer.GetProperty("imageScanStatus");
        var found = answer.TryGetProperty("imageScanFindings", out var findings) ? findings : default;
        return new(
            status.GetProperty("status").GetString()!,
            Text(status, "description"),
            [.. Items(found, "findings").Select(Basic), .. Items(found, "enhancedFindings").Select(Enhanced)]);
    }

    public static string? NextOf(JsonElement answer) => Text(answer, "nextToken");

    private static ImageFinding Basic(JsonElement finding)
    {
        var attributes = Items(finding, "attributes").ToLookup(one => Text(one, "key"), one => Text(one, "value"));
        return new(
            finding.GetProperty("name").GetString()!,
            finding.GetProperty("severity").GetString()!,
            Joined(attributes["package_name"].FirstOrDefault(), attributes["package_version"].FirstOrDefault()));
    }

    private static ImageFinding Enhanced(JsonElement finding)
    {
        var details = finding.TryGetProperty("packageVulnerabilityDetails", out var of) ? of : default;
        var package = Items(details, "vulnerablePackages").FirstOrDefault();
        return new(
            Text(details, "vulnerabilityId")
                ?? Text(finding, "title")
                ?? finding.GetProperty("findingArn").GetString()!,
            finding.GetProperty("severity").GetString()!,
            Joined(Text(package, "name"), Text(package, "version")));
    }

    private static string? Joined(string? package, string? version) => package is null ? null : $"{package} {version}";

    private static JsonElement[] Items(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var items)
            && items.ValueKind == JsonValueKind.Array
                ? [.. items.EnumerateArray()]
                : [];

    private static string? Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
}
