using Lapstack.Template;

namespace Lapstack.Access;

/// <summary>What resources are called in the CDK app that made the template: the paths of their constructs.</summary>
internal sealed class ConstructPaths
{
    private readonly List<(string Arn, string Path)> _paths;

    public ConstructPaths(Stack stack) => _paths =
    [
        .. from resource in stack.Resources
           from arn in ArnsOf(resource)
           orderby arn.Length descending
           select (arn, PathOf(resource)),
    ];

    /// <summary>
    /// Of the resource, or of what contains it (an object's bucket); null when the stack has neither.
    /// </summary>
    public string? Find(string arn) => _paths.FirstOrDefault(one =>
        arn == one.Arn
            || (arn.StartsWith(one.Arn, StringComparison.Ordinal) && arn[one.Arn.Length] is ':' or '/')).Path;

    private static IEnumerable<string> ArnsOf(StackResource resource) =>
        resource.Identity.Attributes.Values.Select(value => value.ToString())
            .Append(resource.Ref)
            .Where(text => text.StartsWith("arn:", StringComparison.Ordinal))
            // A log group's ends so.
            .Select(arn => arn.EndsWith(":*", StringComparison.Ordinal) ? arn[..^2] : arn)
            .Distinct();

    /// <summary>Without CDK's metadata, the logical id.</summary>
    private static string PathOf(StackResource resource)
    {
        var path = resource.Metadata["aws:cdk:path"]?.ToString() ?? resource.LogicalId;
        // The construct that people know is around the one that is the resource.
        return path.EndsWith("/Resource", StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : path;
    }
}
