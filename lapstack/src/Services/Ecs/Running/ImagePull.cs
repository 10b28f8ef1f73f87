using System.Text.RegularExpressions;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// An image of ECR is pulled by the execution role; the task role has no part in it.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html
/// </summary>
internal static partial class ImagePull
{
    private static readonly string[] Actions =
    [
        "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage",
    ];

    /// <exception cref="ContainerStartException">The execution role may not pull the image.</exception>
    public static void Check(
        TaskRecord task, ContainerDefinition container, IAuthorizer authorizer, Account account)
    {
        if (Repository().Match(container.Image) is not { Success: true } repository) return;
        if (authorizer.AssumeExecutionRole(task) is not { } role)
            throw new ContainerStartException(
                "CannotPullContainerError: Fargate requires task definition to have execution role ARN to support " +
                "ECR images.");
        if (authorizer.Refusal(role, new AccessRequest("ecr:GetAuthorizationToken", "*")) is { } noToken)
            throw new ContainerStartException(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval " +
                "failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): " +
                $"AccessDeniedException: {noToken.Sentence} status code: 400");
        var name = account.Arn("ecr", $"repository/{repository.Groups["name"].Value}");
        if (Actions.Select(action => authorizer.Refusal(role, new AccessRequest(action, name)))
            .FirstOrDefault(refusal => refusal is not null) is { } noImage)
            throw new ContainerStartException(
                $"CannotPullContainerError: pull image manifest has been retried 1 time(s): {noImage.Sentence}");
    }

    [GeneratedRegex(@"^\d{12}\.dkr\.ecr\.[^/]+/(?<name>[^:@]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Repository();
}
