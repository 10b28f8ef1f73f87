namespace Jobs.Aws.Ecs;

/// <summary>Where tasks are started.</summary>
/// <param name="Stack">Name of the stack: task families are <c>&lt;stack&gt;-&lt;job&gt;</c>.</param>
/// <param name="Cluster">ARN of the cluster.</param>
/// <param name="Subnets">Ids of 1 to 16 subnets.</param>
/// <param name="SecurityGroups">Ids of 1 to 5 security groups.</param>
/// <param name="AssignPublicIp">ENABLED or DISABLED.</param>
public sealed record EcsSettings(
    string Stack,
    string Cluster,
    IReadOnlyList<string> Subnets,
    IReadOnlyList<string> SecurityGroups,
    string AssignPublicIp);
