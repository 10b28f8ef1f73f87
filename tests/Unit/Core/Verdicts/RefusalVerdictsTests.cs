using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Verdicts;

public sealed class RefusalVerdictsTests
{
    [Theory]
    // Reasons in failures[].
    [InlineData("Capacity is unavailable at this time. Please try again later or in a different availability zone",
        null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("You've reached the limit on the number of vCPUs you can run concurrently", null,
        VerdictClass.VcpuLimit, VerdictAction.RetryFree)]
    [InlineData("You've reached the limit on the number of tasks you can run concurrently", null,
        VerdictClass.VcpuLimit, VerdictAction.RetryFree)]
    [InlineData("RESOURCE:CPU", null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("RESOURCE:MEMORY", "detail", VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("RESOURCE:ENI", null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("RESOURCE:PORTS", null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("RESOURCE:GPU", null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("AGENT", null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("EMPTY CAPACITY PROVIDER", null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("NO ACTIVE INSTANCES", null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("ATTRIBUTE", null, VerdictClass.Misconfigured, VerdictAction.GiveUp)]
    [InlineData("INACTIVE", null, VerdictClass.Misconfigured, VerdictAction.GiveUp)]
    [InlineData("LOCATION", null, VerdictClass.Misconfigured, VerdictAction.GiveUp)]
    [InlineData("SOMETHING NEW", "never seen", VerdictClass.RefusedUnknown, VerdictAction.RetryFree)]
    [InlineData("", null, VerdictClass.RefusedUnknown, VerdictAction.RetryFree)]
    // Exceptions.
    [InlineData("ThrottlingException", "Rate exceeded", VerdictClass.Throttled, VerdictAction.RetryFree)]
    [InlineData("ClientException", "Rate exceeded", VerdictClass.Throttled, VerdictAction.RetryFree)]
    [InlineData("ClientException", "Too many concurrent attempts to create a new revision of the specified family.",
        VerdictClass.Throttled, VerdictAction.RetryFree)]
    [InlineData("LimitExceededException", "The limit for the resource has been exceeded.", VerdictClass.Throttled,
        VerdictAction.RetryFree)]
    [InlineData("ServerException", "Rate exceeded", VerdictClass.Throttled, VerdictAction.RetryFree)]
    [InlineData("ClientException", "Capacity is unavailable at this time. Please try again later or in a different availability zone", VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData("ClientException", "You've reached the limit on the number of tasks you can run concurrently",
        VerdictClass.VcpuLimit, VerdictAction.RetryFree)]
    [InlineData("TooManyRequestsException", null, VerdictClass.Throttled, VerdictAction.RetryFree)]
    [InlineData("RequestLimitExceeded", null, VerdictClass.Throttled, VerdictAction.RetryFree)]
    [InlineData("ClientException", "You've reached the limit on the number of vCPUs you can run concurrently",
        VerdictClass.VcpuLimit, VerdictAction.RetryFree)]
    [InlineData("ClientException", "The quota of tasks in the PROVISIONING state was reached.", VerdictClass.VcpuLimit,
        VerdictAction.RetryFree)]
    // What was just deployed may not be visible yet.
    [InlineData("ClientException", "TaskDefinition not found.", VerdictClass.Misconfigured, VerdictAction.RetryAWhile)]
    [InlineData("ClientException", "Unable to describe task definition.", VerdictClass.Misconfigured,
        VerdictAction.RetryAWhile)]
    [InlineData("ClientException", "TaskDefinition is inactive", VerdictClass.Misconfigured, VerdictAction.RetryAWhile)]
    [InlineData("ClientException", "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/jobs' that was provided for this task.", VerdictClass.AccessDenied, VerdictAction.RetryAWhile)]
    [InlineData("InvalidParameterException",
        "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
        VerdictClass.AccessDenied, VerdictAction.RetryAWhile)]
    [InlineData("ClientException", "Role is not valid", VerdictClass.AccessDenied, VerdictAction.RetryAWhile)]
    [InlineData("AccessDeniedException",
        "User is not authorized to perform: iam:PassRole on resource: role quota-throttling", VerdictClass.AccessDenied,
        VerdictAction.RetryAWhile)]
    [InlineData("AccessDenied", null, VerdictClass.AccessDenied, VerdictAction.RetryAWhile)]
    [InlineData("ClientException", "The ECS agent version does not support this.", VerdictClass.Misconfigured,
        VerdictAction.GiveUp)]
    [InlineData("InvalidParameterException", "The subnet ID 'subnet-1' does not exist", VerdictClass.Misconfigured,
        VerdictAction.GiveUp)]
    [InlineData("ClusterNotFoundException", "Cluster not found.", VerdictClass.Misconfigured, VerdictAction.GiveUp)]
    [InlineData("PlatformUnknownException", "The specified platform version doesn't exist.", VerdictClass.Misconfigured,
        VerdictAction.GiveUp)]
    [InlineData("PlatformTaskDefinitionIncompatibilityException", "…", VerdictClass.Misconfigured,
        VerdictAction.GiveUp)]
    [InlineData("UnsupportedFeatureException", "…", VerdictClass.Misconfigured, VerdictAction.GiveUp)]
    [InlineData("AccessDeniedException", "User is not authorized to perform: iam:PassRole", VerdictClass.AccessDenied,
        VerdictAction.RetryAWhile)]
    [InlineData("UnrecognizedClientException", "The security token included in the request is invalid.",
        VerdictClass.AccessDenied, VerdictAction.GiveUp)]
    [InlineData("BlockedException", "Your AWS account was blocked.", VerdictClass.AccountBlocked, VerdictAction.GiveUp)]
    [InlineData("ServerException", "Service Unavailable. Please try again later.", VerdictClass.ServiceFailed,
        VerdictAction.RetryFree)]
    public void Refusal_is_classified_and_told_as_ecs_said_it(
        string code, string? detail, VerdictClass expected, VerdictAction action)
    {
        var verdict = RefusalVerdicts.Classify(code, detail);

        Assert.Equal((expected, action), (verdict.Class, verdict.Action));
        Assert.Contains(code, verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains(detail ?? "", verdict.Sentence, StringComparison.Ordinal);
        Assert.NotEmpty(verdict.NextStep);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Refusal_without_a_detail_is_told_by_its_code_alone(string? detail) =>
        Assert.EndsWith("now: AGENT", RefusalVerdicts.Classify("AGENT", detail).Sentence, StringComparison.Ordinal);
}
