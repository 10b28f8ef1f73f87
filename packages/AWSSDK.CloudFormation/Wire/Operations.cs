namespace Amazon.CloudFormation.Model.Wire;

internal static class Operations
{
    public static readonly DescribeStacksOperation DescribeStacks = new();
}
