using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Verdicts;

public sealed class RefusalVerdictsTests
{
    [Theory]
    // Reasons in failures[].
    [InlineData("Capacity is unavailable at this time. Please try again later or in a different availability zone", null, VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("You've reached the limit on the number of vCPUs you can run concurrently", null, VerdictClass.VcpuLimit, Cure.RetryFree)]
    [InlineData("You've reached the limit on the number of tasks you can run concurrently", null, VerdictClass.VcpuLimit, Cure.RetryFree)]
    [InlineData("RESOURCE:CPU", null, VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("RESOURCE:MEMORY", "detail", VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("RESOURCE:ENI", null, VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("RESOURCE:PORTS", null, VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("RESOURCE:GPU", null, VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("AGENT", null, VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("EMPTY CAPACITY PROVIDER", null, VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("NO ACTIVE INSTANCES", null, VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("ATTRIBUTE", null, VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("INACTIVE", null, VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("LOCATION", null, VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("SOMETHING NEW", "never seen", VerdictClass.RefusedUnknown, Cure.RetryFree)]
    [InlineData("", null, VerdictClass.RefusedUnknown, Cure.RetryFree)]
    // Exceptions.
    [InlineData("ThrottlingException", "Rate exceeded", VerdictClass.Throttled, Cure.RetryFree)]
    [InlineData("ClientException", "Rate exceeded", VerdictClass.Throttled, Cure.RetryFree)]
    [InlineData("ClientException", "Too many concurrent attempts to create a new revision of the specified family.", VerdictClass.Throttled, Cure.RetryFree)]
    [InlineData("LimitExceededException", "The limit for the resource has been exceeded.", VerdictClass.Throttled, Cure.RetryFree)]
    [InlineData("ServerException", "Rate exceeded", VerdictClass.Throttled, Cure.RetryFree)]
    [InlineData("ClientException", "Capacity is unavailable at this time. Please try again later or in a different availability zone", VerdictClass.CapacityUnavailable, Cure.RetryFree)]
    [InlineData("ClientException", "You've reached the limit on the number of tasks you can run concurrently", VerdictClass.VcpuLimit, Cure.RetryFree)]
    [InlineData("TooManyRequestsException", null, VerdictClass.Throttled, Cure.RetryFree)]
    [InlineData("RequestLimitExceeded", null, VerdictClass.Throttled, Cure.RetryFree)]
    [InlineData("ClientException", "You've reached the limit on the number of vCPUs you can run concurrently", VerdictClass.VcpuLimit, Cure.RetryFree)]
    [InlineData("ClientException", "The quota of tasks in the PROVISIONING state was reached.", VerdictClass.VcpuLimit, Cure.RetryFree)]
    // What was just deployed may not be visible yet.
    [InlineData("ClientException", "TaskDefinition not found.", VerdictClass.Misconfigured, Cure.RetryAWhile)]
    [InlineData("ClientException", "Unable to describe task definition.", VerdictClass.Misconfigured, Cure.RetryAWhile)]
    [InlineData("ClientException", "TaskDefinition is inactive", VerdictClass.Misconfigured, Cure.RetryAWhile)]
    [InlineData("ClientException", "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/jobs' that was provided for this task.", VerdictClass.AccessDenied, Cure.RetryAWhile)]
    [InlineData("InvalidParameterException", "Unable to assume the service linked role. Please verify that the ECS service linked role exists.", VerdictClass.AccessDenied, Cure.RetryAWhile)]
    [InlineData("ClientException", "Role is not valid", VerdictClass.AccessDenied, Cure.RetryAWhile)]
    [InlineData("AccessDeniedException", "User is not authorized to perform: iam:PassRole on resource: role quota-throttling", VerdictClass.AccessDenied, Cure.RetryAWhile)]
    [InlineData("AccessDenied", null, VerdictClass.AccessDenied, Cure.RetryAWhile)]
    [InlineData("ClientException", "The ECS agent version does not support this.", VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("InvalidParameterException", "The subnet ID 'subnet-1' does not exist", VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("ClusterNotFoundException", "Cluster not found.", VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("PlatformUnknownException", "The specified platform version doesn't exist.", VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("PlatformTaskDefinitionIncompatibilityException", "…", VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("UnsupportedFeatureException", "…", VerdictClass.Misconfigured, Cure.GiveUp)]
    [InlineData("AccessDeniedException", "User is not authorized to perform: iam:PassRole", VerdictClass.AccessDenied, Cure.RetryAWhile)]
    [InlineData("UnrecognizedClientException", "The security token included in the request is invalid.", VerdictClass.AccessDenied, Cure.GiveUp)]
    [InlineData("BlockedException", "Your AWS account was blocked.", VerdictClass.AccountBlocked, Cure.GiveUp)]
    [InlineData("ServerException", "Service Unavailable. Please try again later.", VerdictClass.ServiceFailed, Cure.RetryFree)]
    public void Refusal_is_classified_and_told_as_ecs_said_it(string code, string? detail, VerdictClass expected, Cure cure)
    {
        var verdict = RefusalVerdicts.Classify(code, detail);

        Assert.Equal((expected, cure), (verdict.Class, verdict.Cure));
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
