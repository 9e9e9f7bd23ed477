import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A Neo4j with Bolt for tests: serves HOME by HOME/conf/neo4j.conf until stdin ends, so it never outlives the tests. */
public class Neo4jServer {
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(home.resolve("conf/neo4j.conf")).build();
        System.out.println("ready");
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0); // an orderly shutdown takes 11 seconds, and the data is thrown away
    }
}
