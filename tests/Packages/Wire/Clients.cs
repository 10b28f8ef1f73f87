using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudWatchLogs;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;

namespace Jobs.Tests.Packages.Wire;

internal static class Clients
{
    public const string Region = "eu-west-1";

    private static readonly SessionAWSCredentials Credentials = new("AKIDEXAMPLE", "secret", "session-token");

    public static AmazonECSClient Ecs(string url) =>
        new(Credentials, new AmazonECSConfig { ServiceURL = url, AuthenticationRegion = Region });

    public static AmazonSimpleNotificationServiceClient Sns(string url) =>
        new(Credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = url, AuthenticationRegion = Region });

    public static AmazonCloudFormationClient Formation(string url) =>
        new(Credentials, new AmazonCloudFormationConfig { ServiceURL = url, AuthenticationRegion = Region });

    public static AmazonCloudWatchLogsClient Logs(string url) =>
        new(Credentials, new AmazonCloudWatchLogsConfig { ServiceURL = url, AuthenticationRegion = Region });

    /// <summary>As a function has it: nothing about a URL in the code.</summary>
    public static AmazonECSClient EcsInRegion() =>
        new(Credentials, new AmazonECSConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(Region) });
}
