using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Template;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// AWS::CloudWatch::Alarm on one metric. One that watches what the emulator does not measure is kept, says so, and
/// never fires.
/// </summary>
internal sealed class AlarmType(AlarmStore alarms, Activity activity) : IResourceType
{
    private static readonly string[] Comparisons =
        ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanOrEqualToThreshold", "LessThanThreshold"];

    public string Type => "AWS::CloudWatch::Alarm";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var name = declaration.NameOr("AlarmName", 255);
        return new(name, ("Arn", declaration.Account.Arn("cloudwatch", $"alarm:{name}")));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var alarm = Read(resource);
        alarms.Add(alarm);
        if (alarm.Refusal is { } refusal)
        {
            activity.Report("CloudWatch", "AlarmNotWatched", $"{alarm.Name} never fires on a laptop. {refusal}");
        }

        return Task.CompletedTask;
    }

    private static Alarm Read(StackResource resource)
    {
        var metric = MetricOf(resource);
        var comparison = resource.Text("ComparisonOperator") ?? "";
        var period = TimeSpan.FromSeconds(resource.Number("Period") ?? 60);
        var periods = resource.Number("EvaluationPeriods") ?? 1;
        return new Alarm(
            resource.Ref,
            resource.Attribute("Arn"),
            resource.Text("AlarmDescription"),
            metric,
            RefusalOf(resource, metric, comparison, period),
            comparison,
            double.Parse(resource.Text("Threshold") ?? "0", CultureInfo.InvariantCulture),
            period,
            periods,
            resource.Number("DatapointsToAlarm") ?? periods,
            resource.Text("TreatMissingData") ?? "missing",
            resource.Text("ActionsEnabled") != "false",
            new Dictionary<AlarmState, IReadOnlyList<string>>
            {
                [AlarmState.ALARM] = Arns(resource, "AlarmActions"),
                [AlarmState.OK] = Arns(resource, "OKActions"),
                [AlarmState.INSUFFICIENT_DATA] = Arns(resource, "InsufficientDataActions"),
            });
    }

    private static AlarmMetric? MetricOf(StackResource resource)
    {
        if (resource.Text("MetricName") is not { } name) return null;
        var dimensions = (resource.Properties["Dimensions"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return new AlarmMetric(
            new MetricName(
                resource.Text("Namespace") ?? "",
                name,
                dimensions.Select(d => (d["Name"]?.ToString() ?? "", d["Value"]?.ToString() ?? ""))),
            resource.Text("Statistic") ?? "");
    }

    private static string? RefusalOf(
        StackResource resource, AlarmMetric? metric, string comparison, TimeSpan period) => metric switch
        {
            null => "The emulator watches single metrics, no expressions: give MetricName instead of Metrics.",
            { Refusal: { } refusal } => refusal,
            _ when !Comparisons.Contains(comparison) =>
                $"The emulator knows the comparisons {string.Join(", ", Comparisons)}, not '{comparison}'.",
            _ when period < TimeSpan.FromMinutes(1) =>
                $"The emulator looks once a minute: a Period of {period.TotalSeconds} s is too short.",
            _ when resource.Properties.ContainsKey("ExtendedStatistic") =>
                "The emulator has no percentiles: use Statistic.",
            _ => null,
        };

    private static IReadOnlyList<string> Arns(StackResource resource, string property) =>
        [.. (resource.Properties[property] as JsonArray ?? []).Select(arn => arn!.ToString())];
}
