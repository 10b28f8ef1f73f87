using Lapstack.Wire;

namespace Lapstack.Services.Ssm;

/// <summary>Parameter Store on the wire (JSON 1.1).</summary>
internal sealed class SsmService : JsonService
{
    public SsmService(ParameterReads reads, ParameterWrites writes)
        : base("ssm", "AmazonSSM", Protocol.AwsJson11)
    {
        Add("PutParameter", writes.Put);
        Add("DeleteParameter", writes.Delete);
        Add("DeleteParameters", writes.DeleteMany);
        Add("GetParameter", reads.Get);
        Add("GetParameters", reads.GetMany);
        Add("GetParametersByPath", reads.GetByPath);
        Add("GetParameterHistory", reads.History);
        Add("DescribeParameters", reads.Describe);
    }

    public override bool TakesSecrets => true;
}
