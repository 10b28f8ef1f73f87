using Amazon;
using Amazon.Runtime;
using Jobs.Cli.Ports;
using Jobs.Cli.Stacks;

namespace Jobs.Cli.Account;

/// <summary>The account behind a target's credentials, by the few calls it takes.</summary>
internal sealed class AwsAccount(SignedCalls calls) : IAccount, IDisposable
{
    private const string IamVersion = "2010-05-08";

    public static AwsAccount Of(Target target, TimeProvider clock) => new(SignedCalls.To(target, clock));

    /// <summary>https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html</summary>
    public async Task<bool> HasRoleAsync(string role, CancellationToken cancellation)
    {
        try
        {
            await IamAsync("GetRole", "RoleName", role, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return false;
        }
    }

    /// <summary>https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html</summary>
    public async Task CreateServiceLinkedRoleAsync(string service, CancellationToken cancellation)
    {
        try
        {
            await IamAsync("CreateServiceLinkedRole", "AWSServiceName", service, cancellation);
        }
        catch (AmazonServiceException e) when (
            e.ErrorCode is "InvalidInput" && e.Message.Contains("has been taken", StringComparison.Ordinal))
        {
            // Another caller was faster.
        }
    }

    /// <summary>
    /// A quota that was never changed may have no value of the account's own.
    /// https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
    /// </summary>
    public async Task<double> QuotaAsync(string service, string code, CancellationToken cancellation)
    {
        try
        {
            return await ReadQuotaAsync("GetServiceQuota", service, code, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "NoSuchResourceException")
        {
            return await ReadQuotaAsync("GetAWSDefaultServiceQuota", service, code, cancellation);
        }
    }

    /// <summary>https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html</summary>
    public async Task<int> FunctionConcurrencyAsync(CancellationToken cancellation)
    {
        var answer = await calls.GetAsync("lambda", "/2016-08-19/account-settings/", cancellation);
        return SignedCalls.Read(
            answer, json => json.GetProperty("AccountLimit").GetProperty("UnreservedConcurrentExecutions").GetInt32());
    }

    /// <summary>https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html</summary>
    public async Task<string?> ParameterAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var answer =
                await calls.JsonAsync(
                    "ssm", "AmazonSSM.GetParameter", json => json.WriteString("Name", name), cancellation);
            return SignedCalls.Read(answer, json => json.GetProperty("Parameter").GetProperty("Value").GetString());
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ParameterNotFound")
        {
            return null;
        }
    }

    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html</summary>
    public async Task<IReadOnlyCollection<string>?> CapacityProvidersAsync(
        string cluster, CancellationToken cancellation)
    {
        var answer = await calls.JsonAsync(
            "ecs",
            "AmazonEC2ContainerServiceV20141113.DescribeClusters",
            json =>
            {
                json.WriteStartArray("clusters");
                json.WriteStringValue(cluster);
                json.WriteEndArray();
            },
            cancellation);
        return SignedCalls.Read(
            answer,
            json => json.GetProperty("clusters").EnumerateArray()
                .Select(one => one.GetProperty("capacityProviders").EnumerateArray()
                    .Select(provider => provider.GetString()!)
                    .ToList())
                .FirstOrDefault());
    }

    /// <summary>https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html</summary>
    public async Task<string> TopicPolicyAsync(string topicArn, CancellationToken cancellation)
    {
        var answer = await calls.QueryAsync(
            "sns", "GetTopicAttributes", SignedCalls.SnsVersion, [("TopicArn", topicArn)], cancellation);
        return SignedCalls.ReadXml(
            answer,
            xml => xml.Descendants().Where(element => element.Name.LocalName == "entry")
                .Single(entry => entry.Elements().First().Value == "Policy").Elements().Last().Value);
    }

    /// <summary>https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html</summary>
    public async Task<string> KeyPolicyAsync(string keyArn, CancellationToken cancellation)
    {
        var answer = await calls.JsonAsync("kms", "TrentService.GetKeyPolicy", json =>
        {
            json.WriteString("KeyId", keyArn);
            json.WriteString("PolicyName", "default");
        }, cancellation);
        return SignedCalls.Read(answer, json => json.GetProperty("Policy").GetString()!);
    }

    public void Dispose() => calls.Dispose();

    private async Task<double> ReadQuotaAsync(
        string operation, string service, string code, CancellationToken cancellation)
    {
        var answer = await calls.JsonAsync("servicequotas", $"ServiceQuotasV20190624.{operation}", json =>
        {
            json.WriteString("ServiceCode", service);
            json.WriteString("QuotaCode", code);
        }, cancellation);
        return SignedCalls.Read(answer, json => json.GetProperty("Quota").GetProperty("Value").GetDouble());
    }

    /// <summary>
    /// IAM is one for all Regions of a partition. https://docs.aws.amazon.com/general/latest/gr/iam-service.html
    /// </summary>
    private async Task IamAsync(string action, string parameter, string value, CancellationToken cancellation)
    {
        var (url, region) = RegionEndpoint.GetBySystemName(calls.Target.Region).PartitionName switch
        {
            "aws-cn" => ("https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            "aws-us-gov" => ("https://iam.us-gov.amazonaws.com", "us-gov-west-1"),
            _ => ("https://iam.amazonaws.com", "us-east-1"),
        };
        await calls.QueryAsync(url, "iam", region, action, IamVersion, [(parameter, value)], cancellation);
    }
}
