// A comment, so that the import is on the second line.
import faker from 'k6/x/faker';
