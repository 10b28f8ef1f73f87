using System.Text.Json.Nodes;
using System.Xml.Linq;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.CloudFormation;

/// <summary>A stack whose resources exist, as CloudFormation tells of it.</summary>
/// <param name="Id">The stack's ARN.</param>
/// <param name="Template">As synthesized, unresolved.</param>
internal sealed record RunningStack(
    Stack Stack, string Id, JsonObject Template, DateTimeOffset CreatedAt, DateTimeOffset CompletedAt)
{
    public const string Status = "CREATE_COMPLETE";

    public const string Type = "AWS::CloudFormation::Stack";

    private const string Starting = "CREATE_IN_PROGRESS";

    public XElement Describe() => new(
        "member",
        Named(),
        Description(Template),
        new XElement("CreationTime", IsoTime.Milliseconds(CreatedAt)),
        new XElement("StackStatus", Status),
        new XElement("DisableRollback", "false"),
        new XElement("Outputs", Stack.Outputs.OrderBy(output => output.Key, StringComparer.Ordinal)
            .Select(output => new XElement(
            "member",
            new XElement("OutputKey", output.Key),
            new XElement("OutputValue", output.Value),
            Description(Template["Outputs"]?[output.Key])))));

    public XElement Summarize() => new(
        "member",
        Named(),
        Template["Description"] is { } meaning ? new XElement("TemplateDescription", (string)meaning!) : null,
        new XElement("CreationTime", IsoTime.Milliseconds(CreatedAt)),
        new XElement("StackStatus", Status),
        new XElement("DriftInformation", new XElement("StackDriftStatus", "NOT_CHECKED")));

    public XElement Describe(StackResource resource) => new(
        "member", Named(), Identity(resource), new XElement("Timestamp", IsoTime.Milliseconds(CompletedAt)), State());

    public XElement Summarize(StackResource resource) => new("member", Identity(resource), Updated(), State());

    public XElement Detail(StackResource resource) => new(
        "StackResourceDetail",
        Named(),
        Identity(resource),
        Updated(),
        State(),
        resource.Metadata.Count > 0 ? new XElement("Metadata", resource.Metadata.ToJsonString(JsonText.Plain)) : null);

    /// <summary>What happened while it was made, newest first.</summary>
    public IEnumerable<XElement> Events()
    {
        yield return Event(Stack.Name, Id, Type, Status, CompletedAt);
        foreach (var resource in Stack.Resources.Reverse())
        {
            yield return Event(resource.LogicalId, resource.Ref, resource.Type, Status, CompletedAt);
            yield return Event(resource.LogicalId, "", resource.Type, Starting, CreatedAt);
        }
        yield return Event(Stack.Name, Id, Type, Starting, CreatedAt);
    }

    private XElement Event(string logicalId, string physicalId, string type, string status, DateTimeOffset at) => new(
        "member",
        new XElement("EventId", $"{logicalId}-{status}-{IsoTime.Milliseconds(at)}"),
        Named(),
        new XElement("LogicalResourceId", logicalId),
        new XElement("PhysicalResourceId", physicalId),
        new XElement("ResourceType", type),
        new XElement("Timestamp", IsoTime.Milliseconds(at)),
        new XElement("ResourceStatus", status));

    private XElement[] Named() => [new("StackId", Id), new("StackName", Stack.Name)];

    private XElement Updated() => new("LastUpdatedTimestamp", IsoTime.Milliseconds(CompletedAt));

    private static XElement[] Identity(StackResource resource) =>
    [
        new(
            "LogicalResourceId",
            resource.LogicalId), new("PhysicalResourceId", resource.Ref), new("ResourceType", resource.Type),
    ];

    private static XElement[] State() =>
    [
        new("ResourceStatus", Status), new("DriftInformation", new XElement("StackResourceDriftStatus", "NOT_CHECKED")),
    ];

    private static XElement? Description(JsonNode? described) =>
        described?["Description"] is { } meaning ? new XElement("Description", (string)meaning!) : null;
}
