using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Launching;

/// <summary>
/// What a caller of RunTask must be allowed to do: run the definition in the cluster, pass both roles to tasks, and tag
/// when it gives tags.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
/// </summary>
internal static class RunTaskAccess
{
    public static IEnumerable<AccessRequest> Of(TaskRequest request, Account account)
    {
        var tags = request.Tags.OfType<JsonObject>().ToList();
        var context = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["ecs:cluster"] = [request.Cluster.Arn],
        };
        if (tags.Count > 0) context["aws:TagKeys"] = [.. tags.Select(t => t.Text("key")!)];
        foreach (var tag in tags) context[$"aws:RequestTag/{tag.Text("key")}"] = [tag.Text("value") ?? ""];
        yield return new AccessRequest("ecs:RunTask", request.Definition.Arn, context);

        foreach (var role in new[] { request.TaskRoleArn, request.ExecutionRoleArn }.OfType<string>()
            .Distinct(StringComparer.Ordinal))
            yield return new AccessRequest(
                "iam:PassRole",
                role,
                new Dictionary<string, string[]> { ["iam:PassedToService"] = [TaskRoles.Service] });

        if (tags.Count == 0) yield break;
        yield return new AccessRequest(
            "ecs:TagResource",
            account.Arn("ecs", $"task/{request.Cluster.Name}/*"),
            new Dictionary<string, string[]>(context, StringComparer.Ordinal) { ["ecs:CreateAction"] = ["RunTask"] });
    }
}
